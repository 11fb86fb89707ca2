using FsCheck;
using FsCheck.Fluent;
using Headgate.Catalogue;

namespace Headgate.Tests.Catalogue;

public sealed class CallBuilderTests
{
    private static readonly ProviderModel Styles = Definitions.WithEndpoints("""
          - { name: repeated, match: GET /repeated, batch: { parameter: i, style: repeated, max: 500, urlMax: 2KB, items: $.d } }
          - { name: comma, match: GET /comma, batch: { parameter: symbols, style: comma, max: 500, urlMax: 2KB, items: '$.d[].s' } }
          - { name: json, match: GET /json, batch: { parameter: symbols, style: jsonArray, max: 500, urlMax: 2KB, items: '$[].s', single: symbol, missing: malformed } }
          - { name: path, match: 'GET /{group}/path/{ids}/end', batch: { parameter: ids, style: pathSegment, max: 500, urlMax: 2KB, items: $ } }
          - { name: upper, match: GET /upper, batch: { parameter: s, style: comma, max: 3, items: $, upperCase: true } }
        """);

    private static readonly string[] Templates = ["/repeated?a=1&i=X&b=%7E", "/comma?symbols=X&key=v", "/json?symbols=%5B%22X%22%5D", "/g1/path/X/end?q=1"];

    [Fact]
    public void A_call_for_exactly_the_askers_items_is_his_own_target_byte_for_byte()
    {
        var plan = Plan("/repeated?i=%4eSE%3aINFY&x=1&i=NSE:TCS&");
        CallBuilder.Build(plan, plan.Endpoint, ["NSE:INFY", "NSE:TCS"]).ShouldBe("/v2/repeated?i=%4eSE%3aINFY&x=1&i=NSE:TCS&");
    }

    [Fact]
    public void Items_are_written_as_Kites_own_clients_write_them()
    {
        var plan = Definitions.Plan(Definitions.Kite, Definitions.Get("/quote?i=NSE:INFY"));
        CallBuilder.Build(plan, plan.Endpoint, ["NSE:NIFTY 50", "NSE:M&M"]).ShouldBe("/quote?i=NSE%3ANIFTY+50&i=NSE%3AM%26M");
    }

    [Theory]
    [InlineData("/comma?symbols=X&key=v", "/v2/comma?key=v&symbols=A%2FB,C+D")]
    [InlineData("/json?symbols=%5B%22X%22%5D", "/v2/json?symbols=%5B%22A%2FB%22,%22C+D%22%5D")]
    [InlineData("/g1/path/X/end?q=1", "/v2/g1/path/A%2FB,C%20D/end?q=1")]
    [InlineData("/repeated?a=1&i=X&b=%7E", "/v2/repeated?a=1&b=%7E&i=A%2FB&i=C+D")]
    public void Every_style_keeps_the_fixed_part_raw_and_in_order(string template, string expected)
    {
        var plan = Plan(template);
        CallBuilder.Build(plan, plan.Endpoint, ["A/B", "C D"]).ShouldBe(expected);
    }

    [Fact]
    public void One_item_alone_goes_by_its_single_parameter()
    {
        var plan = Plan("/json?symbols=%5B%22A%22,%22B%22%5D");
        CallBuilder.Build(plan, plan.Endpoint, ["B"]).ShouldBe("/v2/json?symbol=B");
        CallBuilder.IsBare(plan.Endpoint, 1).ShouldBeTrue();
        CallBuilder.IsBare(plan.Endpoint, 2).ShouldBeFalse();
        var alone = Plan("/json?symbol=B");
        alone.IsBare.ShouldBeTrue();
        alone.Items.Single().Key.ShouldBe(plan.Items[1].Key);
        alone.Variant.ShouldBe(plan.Variant);
        Plan("/json?symbols=%5B%22B%22%5D").IsBare.ShouldBeFalse();
        Plan("/json?symbol=B&symbols=%5B%22A%22%5D").Endpoint.Id.ShouldBe("test.json.all");
    }

    [Fact]
    public void Items_of_a_smaller_shape_travel_in_a_call_of_the_larger()
    {
        var ltp = Definitions.Plan(Definitions.Kite, Definitions.Get("/quote/ltp?i=NSE:INFY"));
        CallBuilder.Build(ltp, ltp.Endpoint.Larger[^1].Endpoint, ["NSE:INFY", "NSE:TCS"]).ShouldBe("/quote?i=NSE%3AINFY&i=NSE%3ATCS");
        CallBuilder.Build(ltp, ltp.Endpoint.Larger[^1].Endpoint, ["NSE:INFY"]).ShouldBe("/quote?i=NSE%3AINFY");
    }

    [Fact]
    public void A_call_carries_no_more_than_its_maximum_of_items()
    {
        var plan = Plan("/upper?s=a,b");
        CallBuilder.Fits(plan, plan.Endpoint, ["A", "B", "C", "D"]).ShouldBe(3);
        plan.Items.Select(item => item.Text).ShouldBe(["A", "B"]);
    }

    [Fact]
    public void Seven_hundred_instruments_need_two_calls_of_quotes()
    {
        var plan = Definitions.Plan(Definitions.Kite, Definitions.Get("/quote?i=X"));
        var items = Enumerable.Range(0, 700).Select(i => $"NSE:SYMBOL{i}").ToList();
        var first = CallBuilder.Fits(plan, plan.Endpoint, items);
        first.ShouldBe(500);
        CallBuilder.Fits(plan, plan.Endpoint, items.GetRange(first, 200)).ShouldBe(200);
    }

    [Fact]
    public void What_fits_is_exactly_what_keeps_the_target_within_its_bound()
    {
        // Every alignment of the last item to the bound, so that one byte too many or too few shows.
        foreach (var plan in Templates.Append("/repeated?i=X").Append("/g1/path/X/end").Select(Plan))
        {
            for (var shift = 1; shift < 40; shift++)
            {
                var items = Enumerable.Range(0, 400).Select(i => i == 0 ? new string('x', shift) : $"NSE:S {i}é").ToList();
                var fits = CallBuilder.Fits(plan, plan.Endpoint, items);
                CallBuilder.Build(plan, plan.Endpoint, items.GetRange(0, fits)).Length.ShouldBeLessThanOrEqualTo(2048);
                CallBuilder.Build(plan, plan.Endpoint, items.GetRange(0, fits + 1)).Length.ShouldBeGreaterThan(2048);
            }
        }
    }

    [Fact]
    public void An_item_too_long_even_alone_still_goes()
    {
        var plan = Plan(Templates[0]);
        CallBuilder.Fits(plan, plan.Endpoint, [new string('x', 5_000), "A"]).ShouldBe(1);
    }

    [Fact]
    public void What_is_built_is_read_back_as_the_same_items()
    {
        var item = ArbMap.Default.GeneratorFor<NonEmptyString>().Select(text => Clean(text.Get)).Where(text => text.Length > 0);
        var items = item.NonEmptyListOf().Select(list => list.Distinct(StringComparer.Ordinal).Take(60).ToList());
        Prop.ForAll(items.ToArbitrary(), asked =>
        {
            foreach (var template in Templates)
            {
                var plan = Plan(template);
                if (asked.Count == 1 && plan.Endpoint.Batch!.SingleParameter is not null)
                {
                    continue;
                }

                var target = CallBuilder.Build(plan, plan.Endpoint, asked);
                var again = Plan(target["/v2".Length..]);
                again.Endpoint.Id.ShouldBe(plan.Endpoint.Id);
                again.Items.Select(planned => planned.Text).ShouldBe(asked);
                again.Variant.ShouldBe(plan.Variant);
            }
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(2_000));
    }

    private static RequestPlan Plan(string target) => Definitions.Plan(Styles, Definitions.Get(target));

    // Commas separate in three of the styles, half surrogates and slashes-in-segments never come from a decoded target.
    private static string Clean(string text) => new([.. text.Where(c => c != ',' && !char.IsSurrogate(c))]);
}
