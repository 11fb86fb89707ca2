using Headgate.Catalogue;
using Headgate.Testing;
using Headgate.Upstream;

namespace Headgate.Tests.Catalogue;

/// <summary>Every recorded body of the shipped providers means what it meant when it was recorded.</summary>
public sealed class RecordedAnswerTests
{
    private const string Json = "application/json";

    [SharedTheory]
    [InlineData("/quote?i=A", "quote.json", 200, Json, OutcomeKind.Success)]
    [InlineData("/quote?i=A", "quote_two_keys.json", 200, Json, OutcomeKind.Success)]
    [InlineData("/quote?i=A", "quote_no_data.json", 200, Json, OutcomeKind.Success)]
    [InlineData("/quote/ohlc?i=A", "ohlc.json", 200, Json, OutcomeKind.Success)]
    [InlineData("/quote/ohlc?i=A", "ohlc_token_and_symbol_key.json", 200, Json, OutcomeKind.Success)]
    [InlineData("/quote/ltp?i=A", "ltp.json", 200, Json, OutcomeKind.Success)]
    [InlineData("/quote/ltp?i=A", "ltp_dotnet.json", 200, Json, OutcomeKind.Success)]
    [InlineData("/instruments/trigger_range/buy?i=A", "trigger_range.json", 200, Json, OutcomeKind.Success)]
    [InlineData("/instruments/historical/1/minute", "historical_minute.json", 200, Json, OutcomeKind.Success)]
    [InlineData("/instruments/historical/1/minute", "historical_oi.json", 200, Json, OutcomeKind.Success)]
    [InlineData("/instruments", "instruments_all.csv", 200, "text/csv", OutcomeKind.Success)]
    [InlineData("/instruments/NSE", "instruments_nse.csv", 200, "text/csv", OutcomeKind.Success)]
    [InlineData("/portfolio/holdings", "holdings.json", 200, Json, OutcomeKind.Success)]
    [InlineData("/portfolio/positions", "positions.json", 200, Json, OutcomeKind.Success)]
    [InlineData("/user/margins", "margins.json", 200, Json, OutcomeKind.Success)]
    [InlineData("/quote?i=A", "errors/403_token.json", 403, Json, OutcomeKind.Unauthorized)]
    [InlineData("/quote?i=A", "errors/429_too_many_requests.json", 429, Json, OutcomeKind.Limited)]
    [InlineData("/quote?i=A", "errors/error_general.json", 500, Json, OutcomeKind.Transient)]
    [InlineData("/quote?i=A", "errors/error_general.json", 405, Json, OutcomeKind.Permanent)]
    [InlineData("/quote?i=A", "errors/error_general.json", 200, Json, OutcomeKind.Malformed)]
    [InlineData("/instruments/historical/1/minute", "errors/400_interval_exceeds.json", 400, Json, OutcomeKind.Permanent)]
    public void Kite(string target, string file, int status, string contentType, OutcomeKind expected) =>
        Classify(Definitions.Kite, "kite", target, file, status, contentType).ShouldBe(expected);

    [SharedTheory]
    [InlineData("/products/BTC-USD/ticker", "ticker.json", 200, OutcomeKind.Success)]
    [InlineData("/products/BTC-USD/stats", "stats.json", 200, OutcomeKind.Success)]
    [InlineData("/products/BTC-USD/candles?granularity=60", "candles.json", 200, OutcomeKind.Success)]
    [InlineData("/products/NO/ticker", "errors/404.json", 404, OutcomeKind.NotFound)]
    [InlineData("/products/BTC-USD/ticker", "errors/429_public.json", 429, OutcomeKind.Limited)]
    [InlineData("/accounts", "errors/429_private.json", 429, OutcomeKind.Limited)]
    public void Coinbase(string target, string file, int status, OutcomeKind expected) =>
        Classify(Definitions.Coinbase, "coinbase-exchange", target, file, status, Json).ShouldBe(expected);

    [SharedTheory]
    [InlineData("kite")]
    [InlineData("coinbase-exchange")]
    public void Every_truncation_of_a_recorded_JSON_answer_is_malformed(string folder)
    {
        var (provider, target, file) = folder is "kite" ? (Definitions.Kite, "/quote?i=A", "quote.json") : (Definitions.Coinbase, "/products/A/candles", "candles.json");
        var body = File.ReadAllBytes(SharedFiles.Path("fixtures", folder, file)).AsSpan().TrimEnd((byte)'\n');
        var endpoint = Definitions.Plan(provider, Definitions.Get(target)).Endpoint;
        for (var length = 0; length < body.Length; length++)
        {
            OutcomeClassifier.Classify(provider, endpoint, 200, [new HeaderField("Content-Type", Json)], body[..length], default).Kind.ShouldBe(OutcomeKind.Malformed);
        }
    }

    private static OutcomeKind Classify(ProviderModel provider, string folder, string target, string file, int status, string contentType)
    {
        var endpoint = Definitions.Plan(provider, Definitions.Get(target)).Endpoint;
        var body = File.ReadAllBytes(SharedFiles.Path(["fixtures", folder, .. file.Split('/')]));
        return OutcomeClassifier.Classify(provider, endpoint, status, [new HeaderField("Content-Type", contentType)], body, default).Kind;
    }
}
