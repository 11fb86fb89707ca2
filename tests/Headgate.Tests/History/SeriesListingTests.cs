using Headgate.History;
using static Headgate.Tests.History.KiteWorld;

namespace Headgate.Tests.History;

public sealed class SeriesListingTests
{
    private static readonly string Monday = Target("day", "2026-11-02 00:00:00", "2026-11-02 23:59:59");
    private static readonly string Week = Target("day", "2026-11-09 00:00:00", "2026-11-13 23:59:59");

    [Fact]
    public void A_series_is_listed_with_its_span_and_read_row_by_row_as_the_upstream_wrote_it()
    {
        var world = new KiteWorld(At("2026-11-20 10:00:00"));
        world.Run(async () =>
        {
            await world.Ask(Monday);
            await world.Ask(Week);
            var series = (await world.Engine.ListSeriesAsync(new HistoryFilter { Scope = "kite" }, default)).ShouldHaveSingleItem();
            series.Name.ShouldBe($"/instruments/historical/{Infosys}/day");
            series.Rows.ShouldBe(6);
            series.Covered.Count.ShouldBe(2, "the week between was never asked for");
            series.Bytes.ShouldBeGreaterThan(200);
            var rows = (await world.Engine.FindSeriesAsync(series.Series, default)).ShouldNotBeNull();
            rows.Count.ShouldBe(6);
            foreach (var row in rows)
            {
                (world.Direct(Monday) + world.Direct(Week)).ShouldContain(System.Text.Encoding.UTF8.GetString(row.Text.Span));
            }
        });
    }

    [Fact]
    public void What_is_removed_is_gone_from_memory_and_store_and_is_asked_for_again()
    {
        var world = new KiteWorld(At("2026-11-20 10:00:00"));
        world.Run(async () =>
        {
            await world.Ask(Week);
            (await world.Ask(Week)).Kind.ShouldBe(FetchKind.Hit);
            (await world.Engine.RemoveSeriesAsync(new HistoryFilter { NameContains = "/minute" }, default)).ShouldBe(0);
            (await world.Engine.RemoveSeriesAsync(new HistoryFilter { SentBefore = world.Engine.Clock.Now - TimeSpan.FromDays(1) }, default)).ShouldBe(0);
            (await world.Engine.RemoveSeriesAsync(new HistoryFilter { Name = $"/instruments/historical/{Infosys}/day" }, default)).ShouldBe(1);
            (await world.Engine.ListSeriesAsync(new HistoryFilter(), default)).ShouldBeEmpty();
            world.Disk.Rows.ShouldBe(0);
            (await world.Ask(Week)).Kind.ShouldBe(FetchKind.Fetched);
            world.Calls.Count.ShouldBe(2);
        });
    }

    [Fact]
    public void Series_whose_newest_call_is_too_old_are_pruned_by_age()
    {
        var world = new KiteWorld(At("2026-11-20 10:00:00"));
        world.Run(async () =>
        {
            await world.Ask(Week);
            await world.Time.Delay(TimeSpan.FromHours(2));
            await world.Ask(Target("minute", "2026-11-19 09:15:00", "2026-11-19 10:00:00"));
            (await world.Engine.RemoveSeriesAsync(new HistoryFilter { SentBefore = world.Engine.Clock.Now - TimeSpan.FromHours(1) }, default)).ShouldBe(1);
            (await world.Engine.ListSeriesAsync(new HistoryFilter(), default)).ShouldHaveSingleItem().Name.ShouldEndWith("/minute");
        });
    }
}
