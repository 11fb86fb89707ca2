using System.IO.Compression;
using System.Text;
using Headgate.Caching;
using Headgate.Conformance;
using Headgate.Storage.Sqlite;

namespace Headgate.Storage.Tests.Entries;

/// <summary>The views operators of the replaced monitors query (specs: columns of quote_cache and cache_metadata; historical_cache).</summary>
public sealed class OperatorViewTests : IDisposable
{
    private static readonly Envelope QuoteEnvelope = new("{\"status\":\"success\",\"data\":{"u8.ToArray(), ","u8.ToArray(), "}}"u8.ToArray(), default);

    private readonly TempDirectory _directory = new();
    private readonly ManualTime _time = new();
    private long _version;

    public void Dispose() => _directory.Dispose();

    [Fact]
    public async Task Quote_cache_has_the_columns_of_the_replaced_cache()
    {
        await FillAsync(Quote("NSE:INFY", """{"instrument_token":408065,"last_price":63.80,"name":"a \"b\"","big":9007199254740993}"""));

        Rows("SELECT symbol, quote_data, cached_at, updated_at, timestamp FROM quote_cache").ShouldBe(
        [
            """NSE:INFY|{"instrument_token":408065,"last_price":63.80,"name":"a \"b\"","big":9007199254740993}|2026-11-20T10:00:00.000Z|2026-11-20 10:00:00|1795168800""",
        ]);
    }

    [Fact]
    public async Task Quote_cache_shows_neither_unknown_instruments_nor_other_endpoints()
    {
        await FillAsync(
            Quote("NSE:INFY", "{}"),
            Quote("NSE:NOPE", "") with { IsNegative = true, Body = [] },
            Quote("NSE:TCS", "{}") with { Key = new ItemKey("kite.quote-ltp", default, "NSE:TCS") },
            Quote("NSE:BAD", "{") with { Version = 99 });

        Rows("SELECT symbol FROM quote_cache").ShouldBe(["NSE:INFY"]);
    }

    [Fact]
    public async Task Quote_cache_shows_the_newest_of_one_symbol()
    {
        var older = Quote("NSE:INFY", """{"last_price":1}""") with { SentAt = new EngineTime(_time.Now.AddMinutes(-1).UtcTicks) };
        await FillAsync(
            older with { Key = older.Key with { Owner = new IdentityHash(1, 1) } },
            Quote("NSE:INFY", """{"last_price":2}"""));

        Rows("SELECT quote_data FROM quote_cache").ShouldBe(["""{"last_price":2}"""]);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("gzip")]
    [InlineData("br")]
    public async Task Historical_cache_names_the_instrument_and_counts_its_candles(string? coding)
    {
        await FillAsync(
            Quote("NSE:INFY", """{"instrument_token":408065}"""),
            History("408065", """{"status":"success","data":{"candles":[["2026-11-18T00:00:00+0530",1,2,0.5,1.50,10],["2026-11-19T00:00:00+0530",1,2,0.5,1.5,11]]}}""", coding),
            History("5633", """{"status":"success","data":{"candles":[]}}""", coding));

        Rows("SELECT symbol, data, cached_at, candle_count FROM historical_cache ORDER BY symbol").ShouldBe(
        [
            "5633|[]|2026-11-20T10:00:00.000Z|0",
            """NSE:INFY|[["2026-11-18T00:00:00+0530",1,2,0.5,1.50,10],["2026-11-19T00:00:00+0530",1,2,0.5,1.5,11]]|2026-11-20T10:00:00.000Z|2""",
        ]);
    }

    [Fact]
    public async Task Historical_cache_shows_answers_too_large_for_a_row()
    {
        var candles = string.Join(',', Enumerable.Range(0, 10_000).Select(i => $"[\"2026-01-01T00:00:00+0530\",{i},2,3,4,5]"));
        await FillAsync(History("5633", $"{{\"data\":{{\"candles\":[{candles}]}}}}", coding: null));

        Rows("SELECT candle_count FROM historical_cache").ShouldBe(["10000"]);
    }

    [Fact]
    public async Task Cache_metadata_tells_ttl_and_last_refresh()
    {
        await FillAsync(Quote("NSE:INFY", "{}"));

        Rows("SELECT key, value FROM cache_metadata ORDER BY key").ShouldBe(["last_refresh|2026-11-20T10:00:00.000Z", "ttl_seconds|45"]);
    }

    [Fact]
    public async Task An_empty_cache_has_empty_views()
    {
        await FillAsync();

        Rows("SELECT * FROM quote_cache").ShouldBeEmpty();
        Rows("SELECT * FROM historical_cache").ShouldBeEmpty();
        Rows("SELECT key FROM cache_metadata").ShouldBe(["ttl_seconds"]);
    }

    private async Task FillAsync(params EntryDraft[] drafts)
    {
        await using var store = SqliteEntryStore.Open(_directory.Path, _time, new EntryStoreOptions { QuoteTtlSeconds = 45 });
        foreach (var draft in drafts)
        {
            store.Put(draft.ToEntry());
        }

        await store.FlushAsync(CancellationToken.None);
    }

    private EntryDraft Quote(string symbol, string json) => Draft(new ItemKey("kite.quote", default, symbol), $"\"{symbol}\":{json}", null) with { Envelope = QuoteEnvelope };

    private EntryDraft History(string token, string json, string? coding) =>
        Draft(new ItemKey("kite.historical", default, $"/instruments/historical/{token}/day?from=2026-11-18&to=2026-11-19"), json, coding);

    private EntryDraft Draft(ItemKey key, string text, string? coding) => new()
    {
        Key = key,
        Body = Encode(Encoding.UTF8.GetBytes(text), coding),
        ContentCoding = coding,
        Version = ++_version,
        SentAt = new EngineTime(_time.Now.UtcTicks),
    };

    private static byte[] Encode(byte[] body, string? coding)
    {
        if (coding is null)
        {
            return body;
        }

        using var result = new MemoryStream();
        using (Stream encoder = coding == "gzip" ? new GZipStream(result, CompressionMode.Compress) : new BrotliStream(result, CompressionMode.Compress))
        {
            encoder.Write(body);
        }

        return result.ToArray();
    }

    private List<string> Rows(string sql)
    {
        using var connection = SqliteFile.OpenReader(_directory.Of(SqliteEntryStore.FileName));
        using var statement = new Statement(connection, sql, 0);
        using var row = statement.Read();
        var rows = new List<string>();
        while (row.Read())
        {
            rows.Add(string.Join('|', Enumerable.Range(0, row.FieldCount).Select(i => row.GetValue(i))));
        }

        return rows;
    }
}
