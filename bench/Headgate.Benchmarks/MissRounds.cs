using Headgate.Budgets;
using Headgate.Catalogue;
using Headgate.Upstream;

namespace Headgate.Benchmarks;

/// <summary>
/// What the engine itself costs a demand that goes upstream: the transport answers at once with bytes made beforehand and the ledger keeps nothing.
/// What these ports cost is measured apart; nothing is subtracted.
/// </summary>
internal static class MissRounds
{
    private const int Targets = 1_000;

    // No candle or quote provider has more limits than this on one endpoint.
    private const int Limits = 3;

    public static int Run()
    {
        var transport = new ReadyTransport(InstantTransport.BodyOf);
        var ledger = new NullLedger();
        var world = new BenchWorld(transport: transport, ledger: ledger);
        var always = new Freshness { MaxAge = TimeSpan.Zero };
        var ones = Enumerable.Range(0, Targets).Select(i => world.Demand($"/one/{i}", always)).ToArray();
        var many = world.Demand(BenchWorld.Quotes(0, 200), always);
        var call = new UpstreamCall
        {
            Id = 1, Provider = "bench", Method = "GET", Origin = new Uri("http://127.0.0.1:1"), Target = "/one/1", Headers = [], Timeout = TimeSpan.FromSeconds(1),
        };
        var charge = new Charge(1, default, TimeSpan.FromSeconds(1), new ClockMark("bench", 0, 0), [], [], "bench.one");
        var buffer = new byte[1_024];
        var states = Budget(world.Engine.Clock);
        var book = new BudgetBook(world.Engine.Clock, default, ledger, LedgerState.Empty, static () => throw new InvalidOperationException("no calendar limit here"));
        var one = ones[0].Plan.Endpoint;
        var next = 0;
        var id = 1L << 40;
        return Rounds.Run(
            ("the ports alone: charge, send, read a 500 B body", 2_000, () => ledger.ChargeAsync(charge, default).IsCompleted && Read(transport, call, buffer)),
            ("planning a request", 2_000, () => world.Demand("/one/1").Plan.Items.Count == 1),
            ("planning a request of 200 items", 20, () => world.Demand(BenchWorld.Quotes(0, 200)).Plan.Items.Count == 200),
            ("Engine.FetchAsync, one item, sent upstream", 2_000, () => Fetch(world, ones[next++ % Targets])),
            ("Engine.FetchAsync, 200 merged items, one call", 20, () => Fetch(world, many)),
            ($"budget check: {Limits} limits with 10,000 permits held each", 2_000, () => BudgetBook.HasRoom(states, one, 1, urgent: false, world.Engine.Clock.Now)),
            ("budget: check, take, settle", 2_000, () => Spend(book, one, states, world.Engine.Clock, ++id)));
    }

    private static bool Read(ReadyTransport transport, UpstreamCall call, byte[] buffer)
    {
        var reply = transport.SendAsync(call, default).Result.Reply!;
        var read = reply.ReadAsync(buffer, default).Result;
        return reply.ReadAsync(buffer.AsMemory(read), default).Result == 0;
    }

    private static bool Fetch(BenchWorld world, Demand demand)
    {
        var result = world.Engine.FetchAsync(demand, default);
        // Everything completes at once, so the whole of it ran on this thread.
        if (!result.IsCompletedSuccessfully || result.Result.Kind != FetchKind.Fetched)
        {
            return false;
        }

        result.Result.Return();
        return true;
    }

    private static bool Spend(BudgetBook book, EndpointModel one, IReadOnlyList<LimitState> states, EngineClock clock, long id)
    {
        var now = clock.Now;
        if (!BudgetBook.HasRoom(states, one, 1, urgent: false, now))
        {
            return false;
        }

        book.Settle(book.Take(id, one, states, 1, now), now);
        return true;
    }

    /// <summary>Sliding limits in the middle of a busy window.</summary>
    private static List<LimitState> Budget(EngineClock clock)
    {
        var limits = new List<LimitState>();
        for (var i = 0; i < Limits; i++)
        {
            var model = new LimitModel
            {
                Id = $"bench.limit{i}", Name = $"limit{i}", Kind = LimitKind.Sliding, Permits = 1_000_000_000, Window = TimeSpan.FromMilliseconds(100 * (i + 1)), Scope = LimitScope.LimitKey,
            };
            var window = new SlidingWindow(model, $"{model.Id}/1");
            for (var held = 0; held < 10_000; held++)
            {
                window.Restore(new Hold(held, window.Key, 1, clock.Now, TimeSpan.Zero, model.Window, clock.Now + TimeSpan.FromHours(1 + i)));
            }

            limits.Add(window);
        }

        return limits;
    }
}
