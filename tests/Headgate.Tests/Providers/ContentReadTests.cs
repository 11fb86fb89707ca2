using System.Text;
using Headgate.Upstreams.Faults;
using Headgate.Upstreams.Providers;

namespace Headgate.Tests.Providers;

/// <summary>A POST that is a read: the same picture is never analysed twice.</summary>
public sealed class ContentReadTests
{
    private const string Analyze = "/analyze?type=liquidation_map&symbol=BTC";
    private const string Png = "image/png";

    private static readonly ProviderCase Case = ProviderCase.All.Single(provider => provider.Name is "kingfisher");

    [Fact]
    public void The_same_picture_is_sent_once_at_once_and_ever_after() => new ProviderWorld(Case).Run(async world =>
    {
        var seen = await Task.WhenAll(Enumerable.Range(0, 5).Select(_ => world.Write("POST", Analyze, "picture 1", Png)));
        seen.ShouldAllBe(answer => answer.Status == 200 && answer.Body.Contains("longLiquidations", StringComparison.Ordinal));
        world.Arrivals.ShouldBe(1);
        await Task.Delay(TimeSpan.FromDays(30), world.Time);
        var later = await world.Write("POST", Analyze, "picture 1", "image/png; name=other");
        (later.Kind, later.Body).ShouldBe((FetchKind.Hit, seen[0].Body));
        world.Arrivals.ShouldBe(1);
        Encoding.UTF8.GetString(world.Twin.Counters.Log().Single().Request.Body.Span).ShouldBe("picture 1");
        world.Twin.Counters.Log().Single().Request.Header("Content-Type").ShouldBe(Png);
    });

    [Fact]
    public void Another_picture_type_or_question_is_another_analysis() => new ProviderWorld(Case).Run(async world =>
    {
        await world.Write("POST", Analyze, "picture 1", Png);
        await world.Write("POST", Analyze, "picture 2", Png);
        await world.Write("POST", Analyze, "picture 1", "image/jpeg");
        await world.Write("POST", "/analyze?type=rsi_heatmap&symbol=BTC", "picture 1", Png);
        world.Arrivals.ShouldBe(4);
    });

    [Fact]
    public void Ten_analyses_a_minute_hold_for_all_symbols_together() => new ProviderWorld(Case).Run(async world =>
    {
        var asked = Enumerable.Range(0, 25).Select(i => world.Write("POST", $"/analyze?type=liquidation_map&symbol=S{i}", $"picture {i}", Png, deadline: TimeSpan.FromMinutes(5))).ToList();
        foreach (var answer in asked)
        {
            (await answer).Status.ShouldBe(200);
        }

        world.Time.Elapsed.ShouldBeGreaterThanOrEqualTo(TimeSpan.FromMinutes(2).Ticks);
        world.Twin.Counters.Violations.ShouldBe(0);
    });

    [Theory]
    [InlineData("image/gif", 10, 415)]
    [InlineData("image/png", 0, 400)]
    [InlineData("image/png", (10 << 20) + 1, 413)]
    public void What_is_no_picture_it_takes_is_refused_without_a_call(string type, int bytes, int status) => new ProviderWorld(Case).Run(async world =>
    {
        var seen = await world.Write("POST", Analyze, new string('x', bytes), type);
        (seen.Kind, seen.Status, seen.Refusal).ShouldBe((FetchKind.Refused, status, RefusalKind.Unfit));
        world.Arrivals.ShouldBe(0);
    });

    [Theory]
    [InlineData(TwinFaultKind.Reset)]
    [InlineData(TwinFaultKind.ServerError)]
    [InlineData(TwinFaultKind.GarbageBody)]
    public void An_analysis_whose_outcome_is_lost_is_not_asked_for_again_by_itself_and_not_kept(TwinFaultKind kind) => new ProviderWorld(Case).Run(async world =>
    {
        world.Fault(new TwinFault(kind));
        (await world.Write("POST", Analyze, "picture 1", Png)).Status.ShouldBeGreaterThanOrEqualTo(500);
        world.Arrivals.ShouldBe(1);
        (await world.Write("POST", Analyze, "picture 1", Png)).Status.ShouldBe(200);
    });

    [Fact]
    public void A_limit_answer_is_waited_out() => new ProviderWorld(Case).Run(async world =>
    {
        world.Fault(TwinFault.Limited());
        (await world.Write("POST", Analyze, "picture 1", Png)).Status.ShouldBe(200);
        world.Arrivals.ShouldBe(2);
    });

    [Theory]
    [InlineData("liquidation_map", 300)]
    [InlineData("rapid_movements", 300)]
    [InlineData("rsi_heatmap", 900)]
    [InlineData("liq_ratio_shortterm", 900)]
    [InlineData("liq_ratio_longterm", 3600)]
    [InlineData("support_resistance", 3600)]
    [InlineData("professional_report", 21600)]
    [InlineData("historical_analysis", 21600)]
    public void Records_grow_old_by_their_kind(string type, int seconds) => new ProviderWorld(Case).Run(async world =>
    {
        await world.Get($"/latest?type={type}&symbol=BTC");
        await Task.Delay(TimeSpan.FromSeconds(seconds - 1), world.Time);
        (await world.Get($"/latest?type={type}&symbol=BTC")).Kind.ShouldBe(FetchKind.Hit);
        await Task.Delay(TimeSpan.FromSeconds(2), world.Time);
        (await world.Get($"/latest?type={type}&symbol=BTC")).Kind.ShouldBe(FetchKind.Fetched);
    });
}
