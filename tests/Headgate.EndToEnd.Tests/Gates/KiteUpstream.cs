using System.Text;
using Headgate.Upstreams;
using Headgate.Upstreams.Hosting;
using Headgate.Upstreams.Kite;
using Headgate.Upstreams.Tapes;

namespace Headgate.EndToEnd.Tests.Gates;

/// <summary>The emulated Kite Connect in the test's process: it outlives every gate that is killed, and its counters are at hand.</summary>
internal sealed class KiteUpstream : IAsyncDisposable
{
    // A Saturday: nothing trades, so that two answers of different moments are equal. Its Friday gives the quotes.
    private static readonly DateTimeOffset Closed = new(2026, 11, 21, 12, 0, 0, new TimeSpan(5, 30, 0));

    private static readonly DateTimeOffset Open = new(2026, 11, 20, 10, 0, 0, new TimeSpan(5, 30, 0));

    private readonly TwinHost _host;

    private KiteUpstream(TwinHost host) => _host = host;

    public const string Credential = KiteTwin.DemoCredential;

    public Uri Address => _host.Address;

    public TwinCounts Counts => _host.Twin.Counters.Snapshot();

    public ITwin Twin => _host.Twin;

    /// <param name="accounts">Who may log in; none is the demo account alone.</param>
    public static Task<KiteUpstream> OpenMarketAsync(params KiteAccount[] accounts) => StartAsync(Open, accounts);

    public static Task<KiteUpstream> ClosedMarketAsync() => StartAsync(Closed, []);

    /// <summary>Instrument tokens of that many NSE shares, from the twin's own dump.</summary>
    public IReadOnlyList<string> Tokens(int count)
    {
        var dump = _host.Twin.Handle(TwinRequest.Get("/instruments/NSE", new TwinHeader("Authorization", Credential)), Open);
        var rows = Encoding.UTF8.GetString(dump.Body.Span).Split('\n').Skip(1).Where(row => row.Contains(",EQ,", StringComparison.Ordinal));
        return [.. rows.Take(count).Select(row => row.Split(',')[0])];
    }

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    private static async Task<KiteUpstream> StartAsync(DateTimeOffset at, KiteAccount[] accounts)
    {
        var tape = new SyntheticTape(1, at);
        var twin = new KiteTwin(new KiteOptions(tape) { InstrumentRows = 2_000, Accounts = accounts.Length == 0 ? [KiteAccount.Demo] : accounts });
        return new KiteUpstream(await TwinHost.StartAsync(twin, new TapeClock(at, TimeProvider.System)));
    }
}
