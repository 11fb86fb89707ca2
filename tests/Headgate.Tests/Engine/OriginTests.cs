using Headgate.Caching;
using Headgate.Catalogue;
using Headgate.Simulation;
using Headgate.Storage.Sqlite;
using Headgate.Upstreams;

namespace Headgate.Tests.Engine;

/// <summary>Entries answer only for the upstream they came from.</summary>
public sealed class OriginTests
{
    private static readonly Uri Elsewhere = new("http://elsewhere.test");

    [Fact]
    public void Another_address_at_the_next_start_drops_what_the_first_one_brought()
    {
        var disk = new EntryDisk();
        var world = new EngineWorld(disk: disk);
        world.Run(async () =>
        {
            (await world.Fetch("/quote?i=A")).Kind.ShouldBe(FetchKind.Fetched);
            (await world.Fetch("/quote?i=A")).Kind.ShouldBe(FetchKind.Hit);
            await world.Engine.DisposeAsync();
        });

        var again = new EngineWorld(disk: disk);
        again.Run(async () =>
        {
            again.Notes.ShouldBeEmpty();
            (await again.Fetch("/quote?i=A")).Kind.ShouldBe(FetchKind.Hit, "the address is the same");
            await again.Engine.DisposeAsync();
        });

        var moved = new EngineWorld(disk: disk);
        moved.Catalogue = moved.Catalogue.WithBaseUrl("test", Elsewhere);
        moved.Run(async () =>
        {
            moved.Notes.ShouldHaveSingleItem().ShouldContain("test");
            (await moved.Fetch("/quote?i=A", freshness: new Freshness { OnlyIfCached = true })).Refusal!.Kind.ShouldBe(RefusalKind.NotCached);
            (await moved.Fetch("/quote?i=A")).Kind.ShouldBe(FetchKind.Fetched);
            moved.Calls.ShouldHaveSingleItem().Origin.ShouldBe(Elsewhere);
            (await moved.Fetch("/quote?i=A")).Kind.ShouldBe(FetchKind.Hit, "what the new address brought is kept");
        });
    }

    [Fact]
    public void A_reload_with_another_address_drops_entries_and_entitlements_at_once()
    {
        var world = new EngineWorld();
        world.Run(async () =>
        {
            await world.Fetch("/quote?i=A");
            world.Engine.Reload(world.Catalogue);
            (await world.Fetch("/quote?i=A")).Kind.ShouldBe(FetchKind.Hit, "nothing has moved");

            world.Catalogue = world.Catalogue.WithBaseUrl("test", Elsewhere);
            world.Engine.Reload(world.Catalogue);

            world.Notes.ShouldHaveSingleItem();
            world.Engine.TryFetch(world.Demand("/quote?i=A"), out _).ShouldBeFalse();
            var later = await world.Fetch("/quote?i=A", deadline: TimeSpan.FromSeconds(5));
            later.Kind.ShouldBe(FetchKind.Fetched);
            world.Calls[^1].Origin.ShouldBe(Elsewhere);
        });
    }

    [Fact]
    public void What_the_old_address_answers_after_a_reload_is_not_kept_and_nobody_new_joins_it()
    {
        var world = new EngineWorld();
        world.Transport.Fate = _ => new NetworkFate(TimeSpan.FromMilliseconds(20), TimeSpan.FromSeconds(1));
        world.Run(async () =>
        {
            var early = world.Fetch("/quote?i=A");
            await world.Time.Delay(TimeSpan.FromMilliseconds(500));
            world.Catalogue = world.Catalogue.WithBaseUrl("test", Elsewhere);
            world.Engine.Reload(world.Catalogue);
            var late = world.Fetch("/quote?i=A", deadline: TimeSpan.FromSeconds(6));

            (await early).Kind.ShouldBe(FetchKind.Fetched, "it asked the old address and gets its answer");
            world.Engine.TryFetch(world.Demand("/quote?i=A"), out _).ShouldBeFalse();
            (await late).Kind.ShouldBe(FetchKind.Fetched);
            world.Calls.Select(call => call.Origin.Host).ShouldBe(["upstream.test", "elsewhere.test"]);
        });
    }

    [Fact]
    public async Task On_disk_too_another_address_finds_nothing_of_the_first()
    {
        using var data = new Headgate.Testing.TemporaryDirectory();
        await RunAsync("http://twin.test", FetchKind.Fetched);
        await RunAsync("http://twin.test", FetchKind.Hit);
        await RunAsync("http://real.test", FetchKind.Fetched);
        await RunAsync("http://real.test", FetchKind.Hit);

        async Task RunAsync(string address, FetchKind expected)
        {
            await using var store = SqliteEntryStore.Open(data.Path, TimeProvider.System);
            var time = new VirtualTime(DateTimeOffset.UtcNow);
            var engine = await Headgate.Engine.StartAsync(
                new EngineOptions(),
                new EnginePorts
                {
                    Time = time,
                    BootId = "boot",
                    Random = new Random(1),
                    Transport = new AtOnce(),
                    Ledger = new MemoryLedger(time) { CommitLatencyMax = TimeSpan.Zero },
                    Entries = store,
                    Hasher = new SeededHasher(),
                    Markets = AlwaysOpenMarkets.Instance,
                },
                CatalogueLoader.Load([new CatalogueFile("test.yaml", EngineWorld.Yaml.Replace("ttl: 60s", "ttl: 1d", StringComparison.Ordinal))]).WithBaseUrl("test", new Uri(address)),
                CancellationToken.None);
            var request = new ClientRequest { Method = "GET", Target = "/bars/1", Headers = [new HeaderField("Authorization", "alice")] };
            var result = await engine.FetchAsync(new Demand { Plan = engine.Plan(engine.Catalogue.Providers["test"], request), Request = request, RequestId = 1 }, default);
            result.Kind.ShouldBe(expected, address);
            await engine.DisposeAsync();
        }
    }

    private sealed class AtOnce : Headgate.Upstream.IUpstreamTransport
    {
        public ValueTask<Headgate.Upstream.TransportResult> SendAsync(Headgate.Upstream.UpstreamCall call, CancellationToken cancellation) =>
            ValueTask.FromResult(new Headgate.Upstream.TransportResult(new Whole { Status = 200, Headers = [new HeaderField("Content-Type", "application/json")] }, null));
    }

    private sealed class Whole : Headgate.Upstream.UpstreamReply
    {
        private bool _read;

        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellation)
        {
            var text = _read ? "" : "{\"a\":1}";
            _read = true;
            return ValueTask.FromResult(System.Text.Encoding.UTF8.GetBytes(text, buffer.Span));
        }

        public override ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }
}
