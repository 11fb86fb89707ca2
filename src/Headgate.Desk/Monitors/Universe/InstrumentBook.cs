using Headgate.Desk.Monitors.Hosting;
using Headgate.Desk.Monitors.Market;
using Headgate.Desk.Waiting;

namespace Headgate.Desk.Monitors.Universe;

/// <summary>The instruments of an exchange, asked for once per Indian date whoever needs them. Thread-safe.</summary>
/// <remarks>Kite makes the list anew each morning about 08:30 IST (Kite Connect docs, read 2026-11-20), so from then on nothing older is taken.</remarks>
public sealed class InstrumentBook(IKiteMarket market)
{
    private static readonly TimeOnly MadeAt = new(8, 30);
    private static readonly TimeSpan RetryAfter = TimeSpan.FromMinutes(5);

    private readonly Lock _lock = new();
    private readonly Dictionary<string, Listing> _listings = new(StringComparer.Ordinal);

    /// <summary>The contracts, or null when they could not be had; then they are asked for again five minutes later at the soonest.</summary>
    /// <param name="exchange"><c>NSE</c> or <c>NFO</c>.</param>
    /// <param name="cycle">The asker's moment.</param>
    /// <param name="client">Who asks.</param>
    /// <param name="cancellation">Leaves.</param>
    public async ValueTask<IReadOnlyList<KiteContract>?> ContractsAsync(string exchange, DateTimeOffset cycle, string client, CancellationToken cancellation) =>
        (await ListingAsync(exchange, cycle, client, cancellation))?.Contracts;

    /// <summary>Instrument tokens of an exchange's symbols, or null when they could not be had.</summary>
    public async ValueTask<IReadOnlyDictionary<string, long>?> TokensAsync(string exchange, DateTimeOffset cycle, string client, CancellationToken cancellation) =>
        (await ListingAsync(exchange, cycle, client, cancellation))?.Tokens;

    private async ValueTask<Listed?> ListingAsync(string exchange, DateTimeOffset cycle, string client, CancellationToken cancellation)
    {
        var day = Ist.DayOf(cycle);
        Listing listing;
        lock (_lock)
        {
            if (!_listings.TryGetValue(exchange, out var known) || known.Day != day || (known.Contracts.IsCompleted && !known.Has && cycle - known.AskedAt >= RetryAfter))
            {
                known = new Listing(day, cycle, AskAsync(exchange, cycle, client));
                _listings[exchange] = known;
            }

            listing = known;
        }

        return await Together.OrLeaveAsync(listing.Contracts, cancellation);
    }

    // One ask serves all who need it, so nobody's leaving ends it.
    private async Task<Listed?> AskAsync(string exchange, DateTimeOffset cycle, string client)
    {
        var made = Ist.At(Ist.DayOf(cycle), MadeAt);
        var contracts = await market.InstrumentsAsync(exchange, made <= cycle ? made : made.AddDays(-1), client, CancellationToken.None);
        return contracts is null ? null : new Listed(contracts);
    }

    private sealed record Listing(DateOnly Day, DateTimeOffset AskedAt, Task<Listed?> Contracts)
    {
        public bool Has => Contracts.IsCompletedSuccessfully && Contracts.Result is not null;
    }

    private sealed class Listed(IReadOnlyList<KiteContract> contracts)
    {
        private readonly Lazy<IReadOnlyDictionary<string, long>> _tokens = new(() =>
        {
            var tokens = new Dictionary<string, long>(StringComparer.Ordinal);
            foreach (var contract in contracts)
            {
                tokens[contract.Symbol] = contract.Token;
            }

            return tokens;
        });

        public IReadOnlyList<KiteContract> Contracts => contracts;

        public IReadOnlyDictionary<string, long> Tokens => _tokens.Value;
    }
}
