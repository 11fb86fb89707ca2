using Headgate.Desk.Crypto;
using Headgate.Desk.Crypto.Reading;
using Headgate.Desk.Crypto.Registry;
using Headgate.Desk.Crypto.Signals;
using Headgate.Desk.Doors;
using Headgate.Desk.Waiting;
using Headgate.Upstreams.Cryptometer;
using Headgate.Upstreams.Providers;

namespace Headgate.Desk.Days;

/// <summary>
/// A day of the crypto desk: twenty-five coins on Cryptometer, and their KingFisher records. Direct is the replaced scheduler as it was meant, at the same intervals
/// and with nothing shared; ideal looks for signals alone.
/// </summary>
/// <param name="start">The wall clock at its beginning.</param>
/// <param name="length">How long; default a day.</param>
/// <param name="options">Settings; default twenty-five coins with KingFisher.</param>
public sealed class CryptoDay(DateTimeOffset start, TimeSpan? length = null, CryptoOptions? options = null) : IFleetDay
{
    private const string Key = "demo";

    // A smaller exchange than the recorded one: what lists weigh is no matter of this day.
    private const int Pairs = 300;

    // What happens late is seen by some runs and not by others before the day ends; the slowest look is every half hour, at what may be as old.
    private static readonly TimeSpan Settled = TimeSpan.FromHours(2);
    private static readonly TimeSpan IdealCycle = TimeSpan.FromMinutes(1);

    // Between two calls, by the replaced scheduler.
    private static readonly TimeSpan CryptometerPause = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan KingFisherPause = TimeSpan.FromSeconds(1);

    private readonly CryptoOptions _options = options ?? new CryptoOptions { KingFisher = true };

    public string Name => "crypto";

    public DateTimeOffset Start => start;

    public TimeSpan Length => length ?? TimeSpan.FromDays(1);

    public IReadOnlyList<string> Synthetic { get; } = ["all Cryptometer tells", "KingFisher's records"];

    public IReadOnlyList<FleetUpstream> NewUpstreams(int seed, FleetVariant variant) =>
    [
        new FleetUpstream(new CryptometerTwin(new CryptometerOptions { Seed = seed, Keys = [Key], Pairs = Pairs, Unlimited = variant == FleetVariant.Ideal }))
        {
            Secrets = new Dictionary<string, string>(StringComparer.Ordinal) { ["CRYPTOMETER_API_KEY"] = Key },
        },
        new FleetUpstream(new KingFisherTwin([Key], isUnlimited: variant == FleetVariant.Ideal))
        {
            Headers = [new("Authorization", $"Bearer {Key}")],
            Secrets = new Dictionary<string, string>(StringComparer.Ordinal) { ["KINGFISHER_TOKEN"] = Key },
        },
    ];

    public Task RunAsync(FleetSeat seat, CancellationToken cancellation) => seat.LiveAsync(day => LiveAsync(seat, signal => Note(seat, signal), day), cancellation);

    private async Task LiveAsync(FleetSeat seat, Action<CryptoSignal> note, CancellationToken cancellation)
    {
        if (seat.Engine is { } engine)
        {
            var desk = new CryptoDesk(engine, seat.Door, seat.Records, _options, note);
            await desk.StartAsync(cancellation);
            await desk.RunAsync(cancellation);

            // Others may live on, but what the gate keeps fresh for this desk is not wanted any longer.
            await desk.StopAsync(CancellationToken.None);
            return;
        }

        var reader = new CryptoReader(new KeyedDoor(seat.Door, CryptoRegistry.Cryptometer, "api_key=" + Key), _options.Registry());
        var signals = new SignalLoop(reader, _options, seat.Door.Time, new SignalNews(), note, static (_, _) => { });
        if (seat.Variant == FleetVariant.Direct)
        {
            var direct = new DirectCrypto(reader, _options, seat.Door.Time, signals);
            await Together.AllAsync(
            [
                direct.RunAsync(CryptoRegistry.Cryptometer, CryptometerPause, cancellation), direct.RunAsync(CryptoRegistry.KingFisher, KingFisherPause, cancellation),
            ]);
        }

        while (!cancellation.IsCancellationRequested)
        {
            await signals.LookAsync(_options.SymbolList(), static (endpoint, _) => new SignalSource(endpoint.Ttl, null), cancellation);
            await Task.Delay(IdealCycle, seat.Door.Time, cancellation);
        }
    }

    private void Note(FleetSeat seat, CryptoSignal signal)
    {
        if (signal.At >= start && signal.At <= seat.Until - Settled)
        {
            seat.Note(new FleetAlert(signal.Key, seat.Door.Time.GetUtcNow(), signal.Kind));
        }
    }
}
