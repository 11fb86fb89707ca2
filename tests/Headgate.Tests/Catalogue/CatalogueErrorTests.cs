using Headgate.Catalogue;

namespace Headgate.Tests.Catalogue;

public sealed class CatalogueErrorTests
{
    [Fact]
    public void An_error_names_file_line_path_value_and_expectation()
    {
        var yaml = Definitions.Sketch.Replace("max: 500", "max: 0", StringComparison.Ordinal);
        var line = yaml.Split('\n').TakeWhile(text => !text.Contains("max: 0", StringComparison.Ordinal)).Count() + 1;
        Definitions.Errors(yaml, "kite.yaml")[0].ShouldBe($"kite.yaml:{line}: endpoints.quote.batch.max is 0; expected 1..5000");
    }

    [Theory]
    [InlineData("limitz: {}", "test.yaml:3: limitz is unknown; did you mean limits?")]
    [InlineData("zzzzzz: 1", "test.yaml:3: zzzzzz is unknown; expected one of provider, replace, baseUrl, market, identity, inject, auth, limits, defaultLimit, backoff, price, scope, deadline, timeout, contentTypes, freshness, endpoints, errors, dialect, clients, profiles, profile, mode")]
    [InlineData("mode: off", "test.yaml:3: mode is off; expected one of on, shadow, bypass")]
    [InlineData("deadline: 5 seconds", "test.yaml:3: deadline is 5 seconds; expected a duration such as 500ms, 1s, 10m, 6h or 30d")]
    [InlineData("market: ''", "test.yaml:3: market is ; expected a name of letters, digits, - and _")]
    [InlineData("endpoints: [{ name: a }]", "test.yaml:3: endpoints.a.match is missing; expected METHOD /path with {captures}, ending in /** for the rest, and ?name=value or ?!name conditions")]
    [InlineData("endpoints: [{ name: a, match: a }]", "test.yaml:3: endpoints.a.match is a; expected METHOD /path with {captures}, ending in /** for the rest, and ?name=value or ?!name conditions")]
    [InlineData("endpoints: [{ name: a, match: GET /a, limits: [quotes] }]", "test.yaml:3: endpoints.a.limits has quotes, which is not under limits; no limit is declared")]
    [InlineData("endpoints: [{ name: a, match: ANY /a }]", "test.yaml:3: endpoints.a.match is ANY /a; expected GET, because only safe reads are kept, or cache: never beside it")]
    [InlineData("endpoints: [{ name: a, match: GET /a, freshness: { ttl: 1s, past: immutable } }]", "test.yaml:3: endpoints.a.freshness.past needs a range beside it")]
    [InlineData("endpoints: [{ name: a, match: GET /a }, { name: b, match: GET /a }]", "test.yaml:3: endpoints.b.match is the same as endpoints.a.match")]
    [InlineData("endpoints: [{ name: a, match: GET /a }, { name: a, match: GET /b }]", "test.yaml:3: endpoints.a.name is used twice")]
    [InlineData("endpoints: { name: a }", "test.yaml:3: endpoints is a map; expected a list; each a map with name and match")]
    [InlineData("limits: { a: { permits: 1 } }", "test.yaml:3: limits.a.per is missing; expected a duration such as 1s, or a calendar window such as '1 day in Asia/Kolkata at 00:00'")]
    [InlineData("limits: { a: { permits: 1/s, per: 1s } }", "test.yaml:3: limits.a.per is 1s; expected none beside the rate 1/s")]
    [InlineData("limits: { a: { permits: 0, per: 1s } }", "test.yaml:3: limits.a.permits is 0; expected a whole number of at least 1, or a rate such as 0.33/s")]
    [InlineData("limits: { a: { permits: 1, per: 1 day in Mars/Base } }", "test.yaml:3: limits.a.per is 1 day in Mars/Base; expected a duration such as 1s, or a calendar window such as '1 day in Asia/Kolkata at 00:00'")]
    [InlineData("limits: { a: { permits: 0.5, per: 1 day in Etc/UTC } }", "test.yaml:3: limits.a.permits is 0.5; expected a whole number for a calendar window")]
    [InlineData("identity: { from: cookie a }", "test.yaml:3: identity.from is cookie a; expected header NAME, query NAME or path NAME")]
    [InlineData("identity: { from: header a, pattern: '(?<x>.)' }", "test.yaml:3: identity.pattern is (?<x>.); expected a regular expression without look-around and back references, with a group limitKey, account or credential")]
    [InlineData("inject: { to: header a, value: 'x' , secret: A }", "test.yaml:3: inject.value lacks {secret}, where inject.secret goes")]
    [InlineData("errors: [{ status: 42, as: limited }]", "test.yaml:3: errors[0].status is 42; expected a status such as 429, 5xx or 500-599")]
    [InlineData("errors: [{ status: 429, as: slow }]", "test.yaml:3: errors[0].as is slow; expected one of success, notFound, limited, unauthorized, plan, transient, permanent, malformed")]
    [InlineData("dialect: { template: '{' }", "test.yaml:3: dialect.template is not JSON once filled in")]
    [InlineData("a: &x 1\nb: *x", "test.yaml:4: aliases are not read in definitions")]
    public void Exact_texts(string yaml, string expected) =>
        Definitions.Errors($"provider: test\nbaseUrl: http://h\n{yaml}").ShouldContain(expected);

    [Fact]
    public void A_misspelt_limit_is_told_its_likely_name() =>
        Definitions.Errors(Definitions.Sketch.Replace("limits: [quote]", "limits: [qoute]", StringComparison.Ordinal))
            .ShouldContain("test.yaml:15: endpoints.quote.limits has qoute, which is not under limits; did you mean quote?");

    [Fact]
    public void All_errors_of_all_files_are_told_at_once()
    {
        var exception = Should.Throw<CatalogueException>(() => CatalogueLoader.Load(
        [
            new CatalogueFile("a.yaml", "provider: a\nbaseUrl: nowhere\nmode: off"),
            new CatalogueFile("b.yaml", "provider: API"),
            new CatalogueFile("c.yaml", "provider: c\nbaseUrl: http://h\nlimits: { x: [1"),
        ]));

        exception.Errors.Select(error => $"{error.File}:{error.Line}").ShouldBe(["a.yaml:2", "a.yaml:3", "b.yaml:1", "b.yaml:1", "c.yaml:4"]);
        exception.Message.ShouldContain("b.yaml:1: baseUrl is missing");
    }

    [Fact]
    public void Reserved_names_are_refused() =>
        Definitions.Errors("provider: api\nbaseUrl: http://h")[0].ShouldStartWith("test.yaml:1: provider is api; expected");

    [Fact]
    public void A_merged_definition_names_the_file_that_is_wrong()
    {
        var exception = Should.Throw<CatalogueException>(() => CatalogueLoader.LoadShipped(
            [new CatalogueFile("mine.yaml", "provider: kite\nendpoints:\n  - name: quote\n    batch: { max: many }")]));
        exception.Errors.Single().ToString().ShouldBe("mine.yaml:4: endpoints.quote.batch.max is many; expected 1..5000");
    }

    [Theory]
    [InlineData("[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[")]
    [InlineData("just text")]
    [InlineData("- a\n- b")]
    [InlineData("? [a]\n: b")]
    [InlineData("provider: a\nprovider: b")]
    public void Hostile_text_is_an_error_and_never_a_crash(string yaml) => Definitions.Errors(yaml).ShouldNotBeEmpty();

    [Fact]
    public void Shapes_that_answer_each_other_in_a_circle_are_refused() =>
        Definitions.Errors("""
            provider: test
            baseUrl: http://h
            endpoints:
              - { name: a, match: GET /a, batch: { parameter: i, style: comma, max: 5, items: $.d }, answers: { b: [x] } }
              - { name: b, match: GET /b, batch: { parameter: i, style: comma, max: 5, items: $.d }, answers: { a: [x] } }
            """).ShouldContain(error => error.Contains("answers itself", StringComparison.Ordinal));

    [Fact]
    public void A_limit_by_capture_needs_the_capture() =>
        Definitions.Errors("""
            provider: test
            baseUrl: http://h
            limits: { base: { permits: 5, per: 1s, scope: capture baseId } }
            endpoints: [{ name: a, match: GET /a, limits: [base] }]
            """).ShouldBe(["test.yaml:4: endpoints.a.limits has base, which counts by capture baseId; expected {baseId} in match"]);
}
