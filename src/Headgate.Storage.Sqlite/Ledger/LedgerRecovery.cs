using Headgate.Budgets;
using Microsoft.Data.Sqlite;

namespace Headgate.Storage.Sqlite;

/// <summary>Starts a new ledger from a corrupt one (<see cref="LedgerOptions.AcceptCorrupt"/>).</summary>
/// <remarks>
/// Whatever rows can still be read are carried over: totals that outlive the hold (monthly budgets), closures, refresh tokens, the clock.
/// They may be too low, so they are trusted only after every window that was open is over: until then the new ledger refuses charges.
/// That is the only over-count that is safe for limits whose keys were lost as well.
/// </remarks>
internal static class LedgerRecovery
{
    public static void CarryOver(LedgerSession to, string aside, LedgerOptions options, TimeProvider time)
    {
        var rows = 0;
        var whole = true;
        to.Begin();
        try
        {
            using var from = SqliteFile.OpenReader(aside);
            long next = 1;
            whole &= Try(LedgerReader.Clock, mark => to.Clock(mark));
            whole &= Try(LedgerReader.Windows, row => to.Total(row.Total.LimitKey, row.Total.WindowId, Sane(row.Total.Used), row.TouchedAt));
            whole &= Try(LedgerReader.Closures, to.Close);
            whole &= Try(LedgerReader.Tokens, to.PutToken);
            var sequence = 0;
            whole &= Try(LedgerReader.Holds, hold =>
            {
                to.Hold(hold, sequence++);
                next = Math.Max(next, hold.ChargeId + 1);
            });
            whole &= Try<long>(static source => [LedgerReader.Meta(source, LedgerMeta.NextChargeId)], id => next = Math.Max(next, id));
            to.Meta(LedgerMeta.NextChargeId, next);

            bool Try<T>(Func<SqliteConnection, IEnumerable<T>> read, Action<T> write)
            {
                try
                {
                    foreach (var row in read(from))
                    {
                        write(row);
                        rows++;
                    }

                    return true;
                }
                catch (Exception error) when (error is SqliteException or InvalidOperationException or InvalidCastException or OverflowException or ArgumentException)
                {
                    // Expected of a damaged file: the rows before the damage are kept, the rest of this table is lost.
                    return false;
                }
            }
        }
        catch (SqliteException)
        {
            whole = false;
        }

        to.Meta(LedgerMeta.RefuseUntil, (time.GetUtcNow() + options.AcceptCorruptHold).UtcTicks);
        to.Commit();
        options.Log?.Invoke(
            $"The corrupt ledger was moved to {aside}; {rows} rows were carried over{(whole ? "" : ", others could not be read")}. "
            + $"Upstream calls are refused for {options.AcceptCorruptHold}, until every window that was open is over.");
    }

    private static long Sane(long used) => Math.Clamp(used, 0, LedgerSession.PermitsMax);
}
