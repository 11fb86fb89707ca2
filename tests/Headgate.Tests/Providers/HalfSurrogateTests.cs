using System.Buffers.Text;
using System.Text;
using System.Text.Json;
using Headgate.SignIn;
using Headgate.Tests.Engine;
using Headgate.Upstreams;
using Headgate.Upstreams.Kite;
using Headgate.Upstreams.Tapes;

namespace Headgate.Tests.Providers;

/// <summary>
/// <c>"\ud800"</c> is JSON by its grammar, and no text: wherever an upstream puts it, somebody is answered and nothing breaks inside the gate.
/// </summary>
public sealed class HalfSurrogateTests
{
    private const string Half = """\ud800""";

    // Names and values whole, and behind what they were: a reader that compares piece by piece comes as far as the half.
    private static readonly Func<string, string>[] Ways = [static _ => Half, static text => text + Half];

    private static readonly DateTimeOffset At = new(2026, 11, 20, 10, 0, 0, new TimeSpan(5, 30, 0));

    public static TheoryData<string> Names() => [.. Cases().Select(provider => provider.Name).Distinct(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(Names))]
    public void Wherever_an_answer_holds_one_somebody_is_answered_and_nothing_breaks(string name)
    {
        var told = 0;
        foreach (var provider in Cases().Where(provider => provider.Name == name))
        {
            foreach (var way in Ways)
            {
                for (var (position, isThere) = (0, true); isThere && position < 60; position++)
                {
                    isThere = false;
                    var world = new ProviderWorld(provider);
                    world.Run(async _ =>
                    {
                        world.Reshape = reply => Poisoned(reply, position, way) is { } poisoned && (isThere = true) ? poisoned : reply;
                        foreach (var target in Targets(provider))
                        {
                            var seen = await world.Get(target, KeyOf(provider), deadline: TimeSpan.FromSeconds(20));
                            seen.Status.ShouldBeInRange(200, 599);
                            told++;
                        }
                    });
                    world.Problems.ShouldBeEmpty($"{provider.Good}, string {position}");
                }
            }
        }

        told.ShouldBePositive();
    }

    [Fact]
    public void An_item_whose_name_is_no_text_changes_no_other_items_answer()
    {
        var world = new EngineWorld((_, _) => EngineWorld.Json($$$$"""{"status":"success","data":{"{{{{Half}}}}":{"last_price":2},"A":{"{{{{Half}}}}":1,"last_price":63.80}}}"""));
        world.Run(async () =>
        {
            var result = await world.Fetch("/quote?i=A&i=B");
            result.Kind.ShouldBe(FetchKind.Fetched);
            EngineWorld.Text(result).ShouldBe($$$$"""{"status":"success","data":{"A":{"{{{{Half}}}}":1,"last_price":63.80}}}""");
            EngineWorld.Text(await world.Fetch("/ltp?i=A")).ShouldContain("63.80");
        });
    }

    [Fact]
    public void A_login_that_holds_one_is_a_login_where_it_is_not_needed_and_else_none()
    {
        const string answer = """{"access_token":"a","token_type":"Bearer","refresh_token":"r","api_server":"https://api01.iq.questrade.com/","expires_in":1800,"more":{"n":"v"}}""";
        var body = Encoding.UTF8.GetBytes(answer);
        for (var position = 0; Poison(body, position, static text => text + Half) is { } poisoned; position++)
        {
            Should.NotThrow(() => TokenAnswer.Parse(poisoned), Encoding.UTF8.GetString(poisoned));
            Should.NotThrow(() => TokenAnswer.Rewritten(poisoned, new Uri("http://127.0.0.1:7070/questrade/")), Encoding.UTF8.GetString(poisoned));
        }

        Encoding.UTF8.GetString(TokenAnswer.Rewritten(Encoding.UTF8.GetBytes(answer.Replace("Bearer", Half, StringComparison.Ordinal)), new Uri("http://127.0.0.1:7070/questrade/"))!.Value.Span)
            .ShouldBe(answer.Replace("Bearer", Half, StringComparison.Ordinal).Replace("https://api01.iq.questrade.com/", "http://127.0.0.1:7070/questrade/", StringComparison.Ordinal));
        TokenAnswer.Parse(Encoding.UTF8.GetBytes(answer.Replace("Bearer", Half, StringComparison.Ordinal)))!.AccessToken.ShouldBe("a");
        TokenAnswer.Parse(Encoding.UTF8.GetBytes(answer.Replace("\"a\"", $"\"{Half}\"", StringComparison.Ordinal))).ShouldBeNull();
    }

    [Theory]
    [InlineData("binance", "/api/v3/ticker/price?symbols=%5B%22%5Cud800%22%5D", null)]
    [InlineData("binance", "/api/v3/ticker/price?symbols=%5B%22BTCUSDT%22,%22%5Cudc00%22%5D", null)]
    [InlineData("coinbase-advanced", "/api/v3/brokerage/accounts", """{"sub":"\ud800"}""")]
    [InlineData("coinbase-advanced", "/api/v3/brokerage/accounts", """{"su\ud800":"a","sub\ud800":1}""")]
    public void A_request_that_holds_one_is_planned_all_the_same(string provider, string target, string? claims)
    {
        var world = new ProviderWorld(Cases().First(one => one.Name == provider));
        HeaderField[] headers = claims is null ? [] : [new HeaderField("Authorization", $"Bearer e30.{Base64Url.EncodeToString(Encoding.UTF8.GetBytes(claims))}.x")];
        world.Run(async _ =>
        {
            var request = new ClientRequest { Method = "GET", Target = target, Headers = headers };
            Should.NotThrow(() => world.Engine.Plan(world.Engine.Catalogue.Find(provider)!, request));
            await Task.CompletedTask;
        });
    }

    private static IEnumerable<ProviderCase> Cases() => ProviderCase.All.Concat(
    [
        Kite("/quote?i=NSE:{0}", "/quote?i=NSE:{0}"), Kite("/quote/ltp?i=NSE:{0}", "/quote/ltp?i=NSE:{0}"), Kite("/instruments/historical/408065/day?from=2026-11-02&to=2026-11-18&continuous=0&oi={0}", null),
    ]);

    private static ProviderCase Kite(string good, string? many) => new("kite", static () => new KiteTwin(new KiteOptions(new SyntheticTape(1, At))))
    {
        Credential = "header Authorization",
        Good = good,
        Many = many,
        Says = "",
        Symbols = good.Contains("oi=", StringComparison.Ordinal) ? ["0", "1"] : ["INFY", "TCS"],
    };

    private static string KeyOf(ProviderCase provider) => provider.Name == "kite" ? KiteTwin.DemoCredential : "demo";

    // The same again is answered from what is held; of Kite's quotes also in the smaller shape, which is cut from it.
    private static IEnumerable<string> Targets(ProviderCase provider)
    {
        yield return provider.For(provider.Symbols[0]);
        yield return provider.For(provider.Symbols[0]);
        yield return provider.For(provider.Symbols[1]);
        if (provider.Name == "kite")
        {
            yield return "/quote/ltp?i=NSE:INFY&i=NSE:TCS";
            yield return "/quote/ohlc?i=NSE:INFY";
        }
        else if (provider.Many is not null)
        {
            yield return provider.ForMany(provider.Symbols);
        }
    }

    private static TwinReply? Poisoned(TwinReply reply, int position, Func<string, string> way) =>
        Poison(reply.Body.ToArray(), position, way) is { } body ? reply with { Body = body } : null;

    /// <summary>The document with its string or name at that position made no text; null when it has fewer, or is no JSON.</summary>
    private static byte[]? Poison(byte[] json, int position, Func<string, string> way)
    {
        var reader = new Utf8JsonReader(json);
        try
        {
            while (reader.Read())
            {
                if (reader.TokenType is JsonTokenType.String or JsonTokenType.PropertyName && position-- == 0)
                {
                    var start = (int)reader.TokenStartIndex + 1;
                    var end = start + reader.ValueSpan.Length;
                    return [.. json[..start], .. Encoding.UTF8.GetBytes(way(Encoding.UTF8.GetString(reader.ValueSpan))), .. json[end..]];
                }
            }
        }
        catch (JsonException)
        {
            // Text, or a page.
        }

        return null;
    }
}
