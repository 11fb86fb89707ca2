using Headgate.Desk.Crypto;
using Headgate.Desk.Crypto.Reading;
using Headgate.Desk.Crypto.Registry;
using Headgate.Desk.Crypto.Scheduling;
using Headgate.Desk.Crypto.Signals;

namespace Headgate.Desk.Days;

/// <summary>
/// The replaced scheduler as it was meant: every scheduled update of every symbol is sent, what is about the whole market once for each symbol too, one after another
/// with its pauses, and nothing is shared. What is refused is lost until its next time.
/// </summary>
internal sealed class DirectCrypto(CryptoReader reader, CryptoOptions options, TimeProvider time, SignalLoop signals)
{
    private static readonly TimeSpan Cycle = TimeSpan.FromMinutes(1);

    /// <summary>Sends one provider's updates until it is cancelled.</summary>
    public async Task RunAsync(string provider, TimeSpan pause, CancellationToken cancellation)
    {
        var symbols = options.SymbolList();
        var watched = symbols.ToHashSet();
        var due = new Dictionary<(string Endpoint, CryptoSymbol Symbol), DateTimeOffset>();
        var endpoints = CryptoSchedule.Refreshed(reader.Registry, symbols.Count, options with { Tickers = CryptoTickers.Single })
            .Where(endpoint => endpoint.Provider == provider).OrderBy(static endpoint => endpoint.Group).ToList();
        while (!cancellation.IsCancellationRequested)
        {
            foreach (var (endpoint, symbol) in endpoints.SelectMany(endpoint => symbols.Select(symbol => (endpoint, symbol))))
            {
                var now = time.GetUtcNow();
                if (due.TryGetValue((endpoint.Id, symbol), out var next) && now < next)
                {
                    continue;
                }

                // By the schedule, not by when the last one was sent: the round behind it takes its time.
                due[(endpoint.Id, symbol)] = (next == default ? now : next) + endpoint.Ttl;
                signals.Take(endpoint, symbol, watched, await reader.GetAsync(endpoint, symbol, new CryptoFreshness(), cancellation), now);
                await Task.Delay(pause, time, cancellation);
            }

            await Task.Delay(Cycle, time, cancellation);
        }
    }
}
