using System.IO.Compression;
using System.Text;
using Headgate.Budgets;
using Headgate.SignIn;
using Headgate.Storage.Sqlite;

namespace Headgate.Storage.Tests.Formats;

/// <summary>What earlier releases stored is read by this one. The files are as those releases wrote them (see FormatFixture).</summary>
public sealed class StoredFormatTests : IDisposable
{
    private static readonly EngineTime Sent = new(new DateTime(2026, 11, 20, 9, 15, 0, DateTimeKind.Utc).Ticks);

    private readonly TempDirectory _directory = new();
    private readonly ManualTime _time = new();

    public void Dispose() => _directory.Dispose();

    [Fact]
    public async Task A_ledger_of_format_1_is_read_whole()
    {
        Unpack(1, SqliteLedger.FileName);
        await using var ledger = SqliteLedger.Open(_directory.Path, _time);

        var state = await ledger.LoadAsync(CancellationToken.None);

        state.Clock.ShouldBe(new ClockMark("boot-v1", 1_000_000, Sent.Ticks));
        state.NextChargeId.ShouldBe(42);
        state.Holds.ShouldBe(
        [
            new Hold(41, "kite.quote/1a2b3c4d", 1, Sent, TimeSpan.FromSeconds(7), TimeSpan.FromSeconds(1), Sent + TimeSpan.FromMilliseconds(80)),
        ]);
        state.Windows.ShouldBe(
            [
                new WindowTotal("alphavantage.day/5e6f", "2026-11-20", 3),
                new WindowTotal("alphavantage.day/5e6f", "2026-11-21", 3),
                new WindowTotal("finnhub.minute/7", "2026-11-20T09:15", 58),
            ],
            ignoreOrder: true);
        state.Closures.ShouldBe([new Closure("kite.quote/1a2b3c4d", Sent + TimeSpan.FromMinutes(1), 2, "429")]);
        (await ((ITokenVault)ledger).GetAsync("questrade", CancellationToken.None))!.Token.ShouldBe("refresh-token-of-the-fixture");
        (await ledger.ReadCallTotalsAsync(CancellationToken.None)).ShouldBe([new CallTotal("kite.quote", new DateOnly(2026, 11, 20), 1)]);
        await ledger.ChargeAsync(
            new Charge(42, Sent, TimeSpan.Zero, state.Clock!, [], [new CalendarCharge("alphavantage.day/5e6f", "2026-11-20", 1)], "x"), CancellationToken.None);
    }

    [Fact]
    public async Task A_cache_of_format_1_is_read_whole()
    {
        Unpack(1, SqliteEntryStore.FileName);
        await using var store = SqliteEntryStore.Open(_directory.Path, _time);

        var entry = (await store.LoadAsync([new ItemKey("kite.quote", new IdentityHash(ulong.MaxValue, 7), "NSE:INFY")], CancellationToken.None)).ShouldHaveSingleItem();

        Encoding.UTF8.GetString(entry.Body.Span).ShouldBe("\"NSE:INFY\":{\"instrument_token\":408065,\"last_price\":63.80}");
        Encoding.UTF8.GetString(entry.Envelope!.Prefix.Span).ShouldBe("{\"status\":\"success\",\"data\":{");
        entry.Envelope.SentAt.ShouldBe(Sent);
        entry.Headers.ShouldBe([new HeaderField("X-Kite-Version", "3")]);
        entry.AsOf.ShouldBe(new DateTimeOffset(2026, 11, 20, 14, 44, 59, TimeSpan.FromHours(5.5)));
        entry.SentAt.ShouldBe(Sent);
        entry.StaleUntil.ShouldBe(Sent + TimeSpan.FromMinutes(10));
        entry.Version.ShouldBe(12);
        (await store.LoadEntitlementsAsync(CancellationToken.None)).ShouldHaveSingleItem().Credential.ShouldBe(new IdentityHash(1, 2));
    }

    [Fact]
    public async Task Records_of_format_1_are_read_whole()
    {
        Unpack(1, SqliteRecordStore.FileName);
        await using var store = SqliteRecordStore.Open(_directory.Path, _time);

        var record = (await store.QueryAsync(new RecordQuery("desk.alert"), CancellationToken.None)).ShouldHaveSingleItem();

        record.Id.ShouldBe("INFY_5min_20261120_091500");
        record.At.ShouldBe(Sent.ToUtc());
        Encoding.UTF8.GetString(record.Content.Span).ShouldBe("{\"change\":-1.51}");
    }

    private void Unpack(int format, string name)
    {
        using var packed = new GZipStream(File.OpenRead(Path.Combine(AppContext.BaseDirectory, "Formats", $"v{format}", name + ".gz")), CompressionMode.Decompress);
        using var file = File.Create(_directory.Of(name));
        packed.CopyTo(file);
    }
}
