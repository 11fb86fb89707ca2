using Headgate.Storage.Sqlite;

namespace Headgate.Storage.Tests.Ledger;

public sealed class LedgerCrashTests
{
    [Fact]
    public async Task Every_acknowledged_charge_survives_kill_9()
    {
        // Seeded, so that a failing round can be told; where in a commit the kill falls is up to the machine.
        var random = new Random(20261120);
        using var directory = new TempDirectory();
        var acknowledged = new HashSet<long>();
        var asked = new HashSet<long>();
        for (var round = 0; round < CrashHost.Rounds; round++)
        {
            using var host = new CrashHost("charge", directory.Path);
            foreach (var line in host.KillAfter(random.Next(1, 1_500)))
            {
                (line[0] == 'a' ? acknowledged : asked).Add(long.Parse(line.AsSpan(2)));
            }

            await using var ledger = SqliteLedger.Open(directory.Path, TimeProvider.System);
            var state = await ledger.LoadAsync(CancellationToken.None);
            var held = state.Holds.Select(hold => hold.ChargeId).ToHashSet();
            var used = state.Windows.Sum(total => total.Used);

            acknowledged.Except(held).ShouldBeEmpty($"round {round}: charges acknowledged and lost");
            held.Except(asked).ShouldBeEmpty($"round {round}: charges nobody asked");
            used.ShouldBe(held.Count, $"round {round}: a charge was made half");
            state.NextChargeId.ShouldBeGreaterThan(held.Count == 0 ? 0 : held.Max());
        }

        acknowledged.Count.ShouldBeGreaterThan(0);
    }
}
