using Headgate.Upstreams;
using Headgate.Upstreams.CoinbaseExchange;
using Headgate.Upstreams.Hosting;
using Headgate.Upstreams.Tapes;

namespace Headgate.EndToEnd.Tests.Gates;

/// <summary>The emulated Coinbase Exchange in the test's process: it checks every signature over the exact bytes that arrive.</summary>
internal sealed class CoinbaseUpstream : IAsyncDisposable
{
    private readonly TwinHost _host;

    private CoinbaseUpstream(TwinHost host) => _host = host;

    public Uri Address => _host.Address;

    public TwinCounts Counts => _host.Twin.Counters.Snapshot();

    public static async Task<CoinbaseUpstream> StartAsync()
    {
        // Clients sign the present time.
        var tape = new SyntheticTape(1, DateTimeOffset.UtcNow, SyntheticUniverse.Crypto(), TapeSession.AlwaysOpen, stepSeconds: 30);
        return new CoinbaseUpstream(await TwinHost.StartAsync(new CoinbaseTwin(new CoinbaseOptions(tape)), TimeProvider.System));
    }

    public ValueTask DisposeAsync() => _host.DisposeAsync();
}
