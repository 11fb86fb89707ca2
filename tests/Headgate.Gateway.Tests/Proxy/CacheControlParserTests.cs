using Headgate.Gateway.Proxy;

namespace Headgate.Gateway.Tests.Proxy;

/// <summary>RFC 9111 §5.2.1 and RFC 5861 as http-contract "Freshness" reads them.</summary>
public sealed class CacheControlParserTests
{
    private static Freshness Parse(params string[] lines) => CacheControlParser.Parse(new Microsoft.Extensions.Primitives.StringValues(lines));

    [Theory]
    [InlineData("max-age=5", 5)]
    [InlineData("MAX-AGE=\"5\"", 5)]
    [InlineData("foo, max-age=5 , bar=\"a,max-age=1\"", 5)]
    [InlineData("max-age=5, max-age=3", 3)]
    [InlineData("max-age=3, max-age=5", 3)]
    [InlineData("max-age=99999999999999999999", int.MaxValue)]
    [InlineData("max-age=5, no-cache", 0)]
    [InlineData("no-cache=\"x\"", 0)]
    public void Max_age_and_no_cache_restrict(string line, int seconds) => Parse(line).MaxAge.ShouldBe(TimeSpan.FromSeconds(seconds));

    [Theory]
    [InlineData("max-age")]
    [InlineData("max-age=")]
    [InlineData("max-age=-1")]
    [InlineData("max-age=1.5")]
    [InlineData("max-age=abc")]
    [InlineData("max-age = 5")]
    [InlineData("max-age='5'")]
    public void An_unusable_max_age_counts_as_0(string line) => (Parse(line).MaxAge ?? TimeSpan.Zero).ShouldBe(TimeSpan.Zero);

    [Theory]
    [InlineData("max-stale=abc")]
    [InlineData("min-fresh")]
    [InlineData("stale-if-error=x")]
    [InlineData("nonsense=1, =, ,,\"")]
    [InlineData("")]
    public void Another_unusable_directive_is_ignored(string line) => Parse(line).ShouldBe(default);

    [Fact]
    public void Max_stale_without_a_value_means_any() => Parse("max-age=1, max-stale").MaxStale.ShouldBe(TimeSpan.MaxValue);

    [Fact]
    public void All_directives_of_several_lines_are_read()
    {
        Parse("max-stale=10, min-fresh=2", "stale-if-error=60, only-if-cached, no-store").ShouldBe(new Freshness
        {
            MaxStale = TimeSpan.FromSeconds(10),
            MinFresh = TimeSpan.FromSeconds(2),
            StaleIfError = TimeSpan.FromSeconds(60),
            OnlyIfCached = true,
            NoStore = true,
        });
    }

    [Fact]
    public void Of_several_bounds_the_stricter_holds()
    {
        var both = Parse("max-stale, max-stale=5, min-fresh=1, min-fresh=3, stale-if-error=9, stale-if-error=4");
        (both.MaxStale, both.MinFresh, both.StaleIfError).ShouldBe((TimeSpan.FromSeconds(5), TimeSpan.FromSeconds(3), TimeSpan.FromSeconds(4)));
    }

    [Theory]
    [InlineData("u=0", 0)]
    [InlineData("u=7, i", 7)]
    [InlineData("i, u=1;x=2", 1)]
    [InlineData("u=2, u=5", 5)]
    [InlineData("u=8", null)]
    [InlineData("u=-1", null)]
    [InlineData("urgent", null)]
    [InlineData("", null)]
    public void Priority_states_an_urgency_and_nonsense_is_ignored(string line, int? urgency) =>
        PriorityField.Parse(line)?.Value.ShouldBe(urgency ?? -1);
}
