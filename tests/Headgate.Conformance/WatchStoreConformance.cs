using Headgate.Refresh;

namespace Headgate.Conformance;

/// <summary>What every watch store holds. Derive, and open the same storage again at each <see cref="OpenAsync"/>.</summary>
public abstract class WatchStoreConformance
{
    /// <summary>Opens this test's storage: empty the first time.</summary>
    protected abstract ValueTask<IWatchStore> OpenAsync();

    /// <summary>Ends the process's hold on it, in good order.</summary>
    protected abstract ValueTask CloseAsync(IWatchStore store);

    [Fact]
    public async Task Watches_are_found_again_in_order_of_name_with_every_member()
    {
        Watch[] all =
        [
            new() { Name = "B", Provider = "kite", Target = "/quote?i=NSE:INFY&i=NSE:TCS", Interval = TimeSpan.FromSeconds(90.5), Priority = WatchPriority.Critical },
            new() { Name = "a", Provider = "coinbase", Target = "/products/BTC-USD/ticker" },
            new() { Name = "\u00e9 'quoted'", Provider = "kite", Target = "/x", Interval = Watch.IntervalMax, Priority = WatchPriority.Low },
        ];
        await WithAsync(async store =>
        {
            foreach (var watch in all.Reverse())
            {
                await store.PutAsync(watch, CancellationToken.None);
            }
        });

        await WithAsync(async store => (await store.LoadAsync(CancellationToken.None)).Watches.ShouldBe(all));
    }

    [Fact]
    public async Task A_put_replaces_the_watch_of_that_name_and_no_other()
    {
        var watch = new Watch { Name = "w", Provider = "kite", Target = "/a", Interval = TimeSpan.FromMinutes(1), Priority = WatchPriority.High };
        await WithAsync(async store =>
        {
            await store.PutAsync(watch, CancellationToken.None);
            await store.PutAsync(watch with { Name = "W" }, CancellationToken.None);
            await store.PutAsync(watch with { Interval = null, Target = "/b" }, CancellationToken.None);
        });

        await WithAsync(async store => (await store.LoadAsync(CancellationToken.None)).Watches.ShouldBe([watch with { Name = "W" }, watch with { Interval = null, Target = "/b" }]));
    }

    [Fact]
    public async Task A_removed_watch_is_gone()
    {
        await WithAsync(async store =>
        {
            await store.PutAsync(new Watch { Name = "w", Provider = "kite", Target = "/a" }, CancellationToken.None);
            (await store.RemoveAsync("w", CancellationToken.None)).ShouldBeTrue();
            (await store.RemoveAsync("w", CancellationToken.None)).ShouldBeFalse();
        });

        await WithAsync(async store => (await store.LoadAsync(CancellationToken.None)).Watches.ShouldBeEmpty());
    }

    [Fact]
    public async Task Pins_are_kept_by_provider_and_taken_back_with_null()
    {
        await WithAsync(async store =>
        {
            await store.PutPinAsync("kite", RefreshStrategy.Minimal, CancellationToken.None);
            await store.PutPinAsync("", RefreshStrategy.Normal, CancellationToken.None);
            await store.PutPinAsync("", RefreshStrategy.Aggressive, CancellationToken.None);
            await store.PutPinAsync("coinbase", RefreshStrategy.Conservative, CancellationToken.None);
            await store.PutPinAsync("coinbase", null, CancellationToken.None);
        });

        await WithAsync(async store => (await store.LoadAsync(CancellationToken.None)).Pins.ShouldBe([new("", RefreshStrategy.Aggressive), new("kite", RefreshStrategy.Minimal)]));
    }

    private async Task WithAsync(Func<IWatchStore, Task> use)
    {
        var store = await OpenAsync();
        await use(store);
        await CloseAsync(store);
    }
}
