using System.Text;
using Headgate.Budgets;
using Headgate.Caching;
using Headgate.SignIn;
using Headgate.Storage.Sqlite;

namespace Headgate.Storage.CrashHost;

/// <summary>
/// Writes one of everything, as this release stores it: <c>Formats/v1</c> of the storage tests, read back by every later release. Run once per
/// format (<c>fixture DIRECTORY</c>), then <c>gzip -9n *.db</c>; a released fixture is never written again.
/// </summary>
internal static class FormatFixture
{
    private static readonly EngineTime Sent = new(new DateTime(2026, 11, 20, 9, 15, 0, DateTimeKind.Utc).Ticks);

    public static async Task<int> RunAsync(string directory)
    {
        Directory.CreateDirectory(directory);
        var time = new FixedTime(new DateTimeOffset(2026, 11, 20, 10, 0, 0, TimeSpan.Zero));
        await using (var ledger = SqliteLedger.Open(directory, time))
        {
            await ledger.ChargeAsync(
                new Charge(
                    41, Sent, TimeSpan.FromSeconds(7), new ClockMark("boot-v1", 1_000_000, Sent.Ticks),
                    [new SlidingCharge("kite.quote/1a2b3c4d", 1, TimeSpan.FromSeconds(1))],
                    [new CalendarCharge("alphavantage.day/5e6f", "2026-11-20", 3), new CalendarCharge("alphavantage.day/5e6f", "2026-11-21", 3)],
                    "kite.quote"),
                CancellationToken.None);
            ledger.Settle(41, Sent + TimeSpan.FromMilliseconds(80));
            await ledger.CloseAsync(new Closure("kite.quote/1a2b3c4d", Sent + TimeSpan.FromMinutes(1), 2, "429"), CancellationToken.None);
            await ledger.RaiseUsedAsync("finnhub.minute/7", "2026-11-20T09:15", 58, CancellationToken.None);
            await ((ITokenVault)ledger).TryStoreAsync(null, "questrade", "refresh-token-of-the-fixture", "https://api01.iq.questrade.com/", CancellationToken.None);
        }

        await using (var store = SqliteEntryStore.Open(directory, time))
        {
            store.Put(new Entry
            {
                Key = new ItemKey("kite.quote", new IdentityHash(ulong.MaxValue, 7), "NSE:INFY"),
                Body = Encoding.UTF8.GetBytes("\"NSE:INFY\":{\"instrument_token\":408065,\"last_price\":63.80}"),
                Envelope = new Envelope("{\"status\":\"success\",\"data\":{"u8.ToArray(), ","u8.ToArray(), "}}"u8.ToArray(), Sent),
                Status = 200,
                ContentType = "application/json",
                Headers = [new HeaderField("X-Kite-Version", "3")],
                AsOf = new DateTimeOffset(2026, 11, 20, 14, 44, 59, TimeSpan.FromHours(5.5)),
                SentAt = Sent,
                FreshUntil = Sent + TimeSpan.FromSeconds(1),
                StaleUntil = Sent + TimeSpan.FromMinutes(10),
                Version = 12,
            });
            store.PutEntitlement(new Entitlement("kite", "quote", new IdentityHash(1, 2), Sent + TimeSpan.FromHours(24)));
        }

        await using (var records = SqliteRecordStore.Open(directory, time))
        {
            await records.PutAsync([new StoredRecord("desk.alert", "INFY_5min_20261120_091500", Sent.ToUtc(), "{\"change\":-1.51}"u8.ToArray())], CancellationToken.None);
        }

        return 0;
    }

    private sealed class FixedTime(DateTimeOffset now) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => now;
    }
}
