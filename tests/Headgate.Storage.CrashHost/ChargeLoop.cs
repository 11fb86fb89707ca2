using Headgate.Budgets;
using Headgate.Storage.Sqlite;

namespace Headgate.Storage.CrashHost;

/// <summary>Charges without end, telling each charge before it is asked (<c>s id</c>) and after it is acknowledged (<c>a id</c>).</summary>
internal static class ChargeLoop
{
    private const int Callers = 8;

    public static async Task<int> RunAsync(string directory)
    {
        await using var ledger = SqliteLedger.Open(directory, TimeProvider.System);
        var state = await ledger.LoadAsync(CancellationToken.None);
        var clock = new EngineClock(TimeProvider.System, BootId.Read(), state.Clock);
        var last = state.NextChargeId - 1;
        await Task.WhenAll(Enumerable.Range(0, Callers).Select(_ => Task.Run(Caller)));
        return 0;

        async Task Caller()
        {
            while (true)
            {
                var id = Interlocked.Increment(ref last);
                Tell($"s {id}");
                await ledger.ChargeAsync(
                    new Charge(
                        id, clock.Now, TimeSpan.FromSeconds(7), clock.Mark(),
                        [new SlidingCharge("kite.quote/crash", 1, TimeSpan.FromHours(24))],
                        [new CalendarCharge("av.day/crash", "2026-11-20", 1)],
                        "kite.quote"),
                    CancellationToken.None);
                Tell($"a {id}");
                ledger.Settle(id, clock.Now);
            }
        }
    }

    private static void Tell(string line)
    {
        lock (Console.Out)
        {
            Console.Out.WriteLine(line);
            Console.Out.Flush();
        }
    }
}
