using System.Globalization;
using Headgate.Desk.Fleet;
using Headgate.Desk.Fleet.Bots;
using Headgate.Desk.Fleet.Exchange;
using Headgate.Upstreams.CoinbaseAdvanced;
using Headgate.Upstreams.Providers;
using Headgate.Upstreams.Tapes;

namespace Headgate.Desk.Days;

/// <summary>A day of the bot fleet on one account of Coinbase Advanced Trade. Direct is the replaced system before it shared anything: four asks for each bot and cycle.</summary>
/// <param name="start">The wall clock at its beginning.</param>
/// <param name="length">How long; default a day.</param>
/// <param name="options">The fleet; default twenty-five pairs.</param>
public sealed class FleetDay(DateTimeOffset start, TimeSpan? length = null, FleetOptions? options = null) : IFleetDay
{
    private const string Key = "demo";

    // Coins move: with quieter ones most signals would stay below their thresholds.
    private const int Lively = 6;

    private readonly FleetOptions _options = options ?? new FleetOptions();

    public string Name => "fleet";

    public DateTimeOffset Start => start;

    public TimeSpan Length => length ?? TimeSpan.FromDays(1);

    public IReadOnlyList<string> Synthetic { get; } = ["all prices", "the account, its orders and fills (paper)"];

    public IReadOnlyList<FleetUpstream> NewUpstreams(int seed, FleetVariant variant) => [new FleetUpstream(NewTwin(seed, variant))];

    public Task RunAsync(FleetSeat seat, CancellationToken cancellation)
    {
        var fleet = seat.Variant == FleetVariant.Direct ? _options with { Style = FleetStyle.PerBot } : _options;
        var host = new FleetHost(new FleetExchange(seat.Door, new UnsignedTokens(Key)), seat.Records, fleet, decision => seat.Note(Alert(decision)));
        return seat.LiveAsync(host.RunAsync, cancellation);
    }

    private static FleetAlert Alert(BotDecision decision) =>
        new(string.Create(CultureInfo.InvariantCulture, $"{decision.Pair} {(decision.Action == BotAction.Buy ? "BUY" : "SELL")} {decision.Cycle:yyyy-MM-dd HH:mm}"), decision.At, "fleet");

    /// <summary>A made-up market of these pairs: prices step every minute, so that answers a second sooner or later show the same.</summary>
    public static SyntheticTape Market(int seed, DateTimeOffset start, IReadOnlyList<string> pairs) => new(
        seed,
        start,
        [.. pairs.Select(pair => new SyntheticSymbol(pair, 1_000 + (pair.Aggregate(0L, (sum, letter) => (sum * 31) + letter) % 900_000), 4, 1, Liveliness: Lively))],
        TapeSession.AlwaysOpen,
        stepSeconds: 60);

    private CoinbaseAdvancedTwin NewTwin(int seed, FleetVariant variant) =>
        new(new CoinbaseAdvancedOptions(Market(seed, start, _options.Pairs)) { Unsigned = [Key], Unlimited = variant == FleetVariant.Ideal });
}
