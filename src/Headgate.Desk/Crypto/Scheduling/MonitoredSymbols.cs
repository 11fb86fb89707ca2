using System.Text.Json;
using Headgate.Desk.Crypto.Registry;

namespace Headgate.Desk.Crypto.Scheduling;

/// <summary>Whom the desk watches: durable, and from the first change on as people left it, whatever the settings say.</summary>
internal sealed class MonitoredSymbols(IRecordStore records, TimeProvider time)
{
    private const string Kind = "crypto.symbols";
    private const string Id = "monitored";

    private volatile IReadOnlyList<CryptoSymbol> _symbols = [];

    /// <summary>In the order they were added.</summary>
    public IReadOnlyList<CryptoSymbol> All => _symbols;

    public async ValueTask LoadAsync(IReadOnlyList<CryptoSymbol> byDefault, CancellationToken cancellation) =>
        _symbols = await records.GetAsync(Kind, Id, cancellation) is { } kept
            ? [.. JsonSerializer.Deserialize<List<string>>(kept.Content.Span)!.Select(CryptoSymbol.Parse)]
            : byDefault;

    /// <exception cref="IOException">It could not be made durable; nothing has changed.</exception>
    public async ValueTask ReplaceAsync(IReadOnlyList<CryptoSymbol> symbols, CancellationToken cancellation)
    {
        await records.PutAsync([new StoredRecord(Kind, Id, time.GetUtcNow(), JsonSerializer.SerializeToUtf8Bytes(symbols.Select(static symbol => symbol.Name)))], cancellation);
        _symbols = symbols;
    }
}
