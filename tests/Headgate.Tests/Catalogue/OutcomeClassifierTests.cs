using System.Text;
using Headgate.Catalogue;
using Headgate.Upstream;

namespace Headgate.Tests.Catalogue;

public sealed class OutcomeClassifierTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 20, 10, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData(200, """{"status":"success","data":{}}""", OutcomeKind.Success)]
    [InlineData(200, "", OutcomeKind.Malformed)]
    [InlineData(200, """{"status":"success","data":{"NSE:INFY":{"last_pr""", OutcomeKind.Malformed)]
    [InlineData(200, """{"status":"success"} x""", OutcomeKind.Malformed)]
    [InlineData(200, "<html>", OutcomeKind.Malformed)]
    [InlineData(200, """{"status":"error","error_type":"DataException"}""", OutcomeKind.Malformed)]
    [InlineData(301, "", OutcomeKind.Permanent)]
    [InlineData(400, """{"error_type":"InputException"}""", OutcomeKind.Permanent)]
    [InlineData(401, "", OutcomeKind.Unauthorized)]
    [InlineData(403, """{"error_type":"TokenException"}""", OutcomeKind.Unauthorized)]
    [InlineData(403, """{"error_type":"PermissionException"}""", OutcomeKind.Plan)]
    [InlineData(404, "", OutcomeKind.NotFound)]
    [InlineData(408, "", OutcomeKind.Transient)]
    [InlineData(410, "", OutcomeKind.NotFound)]
    [InlineData(418, "", OutcomeKind.Limited)]
    [InlineData(429, """{"error_type":"NetworkException"}""", OutcomeKind.Limited)]
    [InlineData(500, "", OutcomeKind.Transient)]
    [InlineData(503, "not json", OutcomeKind.Transient)]
    [InlineData(599, "", OutcomeKind.Transient)]
    [InlineData(999, "", OutcomeKind.Transient)]
    public void Kite_answers_mean_what_status_and_body_say(int status, string body, OutcomeKind expected) =>
        Classify(Definitions.Kite, "quote", status, body).Kind.ShouldBe(expected);

    [Fact]
    public void HTML_for_JSON_is_malformed() =>
        Classify(Definitions.Kite, "quote", 200, "{}", ("Content-Type", "text/html; charset=utf-8")).Kind.ShouldBe(OutcomeKind.Malformed);

    [Fact]
    public void A_byte_order_mark_before_JSON_does_no_harm() =>
        Classify(Definitions.Kite, "quote", 200, "\uFEFF{\"status\":\"success\",\"data\":{}}").Kind.ShouldBe(OutcomeKind.Success);

    [Fact]
    public void A_streamed_body_is_not_judged_but_its_media_type_is()
    {
        Classify(Definitions.Kite, "instruments", 200, "", ("Content-Type", "text/csv")).Kind.ShouldBe(OutcomeKind.Success);
        Classify(Definitions.Kite, "instruments", 200, "", ("Content-Type", "text/html")).Kind.ShouldBe(OutcomeKind.Malformed);
    }

    [Fact]
    public void Part_of_a_body_is_never_a_success() => Classify(Definitions.Kite, "quote", 206, "{}").Kind.ShouldBe(OutcomeKind.Permanent);

    [Fact]
    public void A_429_closes_the_endpoints_first_limit_and_a_418_all_of_them()
    {
        Classify(Definitions.Kite, "orders", 429, "").Limits.Select(limit => limit.Name).ShouldBe(["orders"]);
        Classify(Definitions.Kite, "orders", 418, "").Limits.Count.ShouldBe(3);
        Classify(Definitions.Coinbase, "fills", 429, """{"message":"Private rate limit exceeded"}""").Limits.Single().Name.ShouldBe("private");
        Classify(Definitions.Coinbase, "ticker", 429, "").Limits.Single().Name.ShouldBe("public");
    }

    [Theory]
    [InlineData("7", 7)]
    [InlineData(" 7 ", 7)]
    [InlineData("0", 0)]
    [InlineData("Fri, 20 Nov 2026 10:00:30 GMT", 30)]
    [InlineData("Fri, 20 Nov 2026 09:00:00 GMT", 0)]
    [InlineData("99999999999", 604_800)]
    public void Retry_After_may_be_seconds_or_a_date(string value, int seconds) =>
        Classify(Definitions.Kite, "quote", 429, "", ("Retry-After", value)).RetryAfter.ShouldBe(TimeSpan.FromSeconds(seconds));

    [Theory]
    [InlineData("soon")]
    [InlineData("-5")]
    [InlineData("")]
    public void An_unusable_Retry_After_says_nothing(string value) =>
        Classify(Definitions.Kite, "quote", 429, "", ("Retry-After", value)).RetryAfter.ShouldBeNull();

    [Fact]
    public void A_Retry_After_date_counts_from_the_upstreams_own_clock() =>
        Classify(Definitions.Kite, "quote", 429, "", ("Date", "Fri, 20 Nov 2026 12:00:00 GMT"), ("Retry-After", "Fri, 20 Nov 2026 12:00:20 GMT"))
            .RetryAfter.ShouldBe(TimeSpan.FromSeconds(20));

    [Fact]
    public void A_soft_error_is_told_by_a_top_level_member_only()
    {
        var provider = Soft("{ status: 200, json: { Information: [per day, per minute] }, as: limited, close: untilReset }");
        var limited = Classify(provider, "a", 200, """{"Information":"25 requests PER DAY"}""");
        limited.Kind.ShouldBe(OutcomeKind.Limited);
        limited.UntilReset.ShouldBeTrue();
        Classify(provider, "a", 200, """{"Information":"premium endpoint"}""").Kind.ShouldBe(OutcomeKind.Success);
        Classify(provider, "a", 200, """{"Meta Data":{"Information":"25 requests per day"}}""").Kind.ShouldBe(OutcomeKind.Success);
        Classify(provider, "a", 200, """{"1. Information":"per day"}""").Kind.ShouldBe(OutcomeKind.Success);
    }

    [Theory]
    [InlineData("{ json: { error: 'Rate limit' }, as: limited }", """{"error":["EAPI:Rate limit exceeded"]}""", true)]
    [InlineData("{ json: { error: 'Rate limit' }, as: limited }", """{"error":[],"result":{"x":"Rate limit"}}""", false)]
    [InlineData("{ json: { success: 'false' }, as: limited }", """{"success":"false"}""", true)]
    [InlineData("{ json: { success: false }, as: limited }", """{"other":1}""", true)]
    [InlineData("{ json: { success: false }, as: limited }", """{"success":null}""", false)]
    [InlineData("{ json: { success: true }, as: limited }", """{"success":null}""", true)]
    [InlineData("{ json: { code: '429' }, as: limited }", """{"code":429}""", true)]
    [InlineData("{ json: { \"$.a.b\": x }, as: limited }", """{"a":{"b":"xyz"}}""", true)]
    [InlineData("{ json: { \"$.a.b\": x }, as: limited }", """{"a":"xyz"}""", false)]
    [InlineData("{ json: { \"$['Global Quote']['05. price']\": false, 'Global Quote': true }, as: limited }", """{"Global Quote":{}}""", true)]
    [InlineData("{ body: 'too many', as: limited }", "TOO MANY requests", true)]
    [InlineData("{ contentType: text/html, as: limited }", "<html>", false)]
    public void Conditions_test_structure(string rule, string body, bool matches) =>
        (Classify(Soft(rule), "a", 200, body, ("Content-Type", "application/octet-stream")).Kind == OutcomeKind.Limited).ShouldBe(matches);

    [Fact]
    public void The_seconds_to_wait_may_stand_in_the_body()
    {
        var provider = Soft("{ status: 429, as: limited, retryAfter: $.parameters.retry_after }");
        Classify(provider, "a", 429, """{"parameters":{"retry_after":35}}""").RetryAfter.ShouldBe(TimeSpan.FromSeconds(35));
        Classify(provider, "a", 429, """{"parameters":{"retry_after":"soon"}}""").RetryAfter.ShouldBeNull();
    }

    [Fact]
    public void A_limits_lock_out_holds_where_the_upstream_names_no_time()
    {
        var provider = Definitions.Load("""
            provider: test
            baseUrl: http://h
            limits: { all: { permits: 5, per: 1s, lockOut: 30s } }
            endpoints: [{ name: a, match: GET /a, limits: [all] }]
            """);
        Classify(provider, "a", 429, "").Closure.ShouldBe(TimeSpan.FromSeconds(30));
        Classify(provider, "a", 429, "", ("Retry-After", "3")).Closure.ShouldBeNull();
    }

    private static ProviderModel Soft(string rule) => Definitions.WithEndpoints("  - { name: a, match: GET /a, limits: [all] }", $"errors: [{rule}]");

    private static Classification Classify(ProviderModel provider, string endpoint, int status, string body, params (string Name, string Value)[] headers)
    {
        var all = headers.Select(header => new HeaderField(header.Name, header.Value)).ToList();
        if (!all.Exists(header => header.Is("Content-Type")))
        {
            all.Add(new HeaderField("Content-Type", "application/json"));
        }

        return OutcomeClassifier.Classify(
            provider, provider.Endpoints.Single(candidate => candidate.Name == endpoint), status, all, Encoding.UTF8.GetBytes(body), Now);
    }
}
