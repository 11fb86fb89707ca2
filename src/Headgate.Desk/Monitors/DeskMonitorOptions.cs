using Headgate.Desk.Alerts.FollowUps;
using Headgate.Desk.Monitors.Atr;
using Headgate.Desk.Monitors.History;
using Headgate.Desk.Monitors.Hosting;
using Headgate.Desk.Monitors.Market;
using Headgate.Desk.Monitors.OneMinute;
using Headgate.Desk.Monitors.Options;
using Headgate.Desk.Monitors.Pulses;
using Headgate.Desk.Monitors.Stock;
using Microsoft.Extensions.Configuration;

namespace Headgate.Desk.Monitors;

/// <summary>Settings of the monitors: configuration section <c>desk</c>. What is not stated has its default.</summary>
public sealed record DeskMonitorOptions
{
    /// <summary>Where prices come from: <c>kite</c>, <c>yahoo</c> (also <c>nsepy</c>: prices alone) or <c>demo</c>. Default <c>kite</c>.</summary>
    public string Source { get; init; } = "kite";

    /// <summary>File of the universe; null takes the sample that comes with the desk.</summary>
    public string? Universe { get; init; }

    /// <summary>Seed of the demo's prices. Default 1.</summary>
    public int DemoSeed { get; init; } = 1;

    /// <summary><c>desk:session</c>.</summary>
    public SessionOptions Session { get; init; } = new();

    /// <summary><c>desk:kite</c>.</summary>
    public KiteMarketOptions Kite { get; init; } = new();

    /// <summary><c>desk:pulse</c>.</summary>
    public PulseOptions Pulse { get; init; } = new();

    /// <summary><c>desk:history</c>.</summary>
    public DailyHistoryOptions History { get; init; } = new();

    /// <summary><c>desk:stock</c>.</summary>
    public StockMonitorOptions Stock { get; init; } = new();

    /// <summary><c>desk:onemin</c>.</summary>
    public OneMinuteOptions OneMin { get; init; } = new();

    /// <summary><c>desk:atr</c>.</summary>
    public AtrOptions Atr { get; init; } = new();

    /// <summary><c>desk:options</c>.</summary>
    public OptionsSettings Options { get; init; } = new();

    /// <summary><c>desk:followUp</c>.</summary>
    public FollowUpOptions FollowUp { get; init; } = new();

    /// <summary>Reads the section <c>desk</c> of a configuration.</summary>
    /// <exception cref="FormatException">A value cannot be read or is out of its range; the message names each.</exception>
    public static DeskMonitorOptions From(IConfiguration configuration)
    {
        DeskMonitorOptions options;
        try
        {
            options = configuration.GetSection("desk").Get<DeskMonitorOptions>() ?? new DeskMonitorOptions();
        }
        catch (InvalidOperationException error)
        {
            throw new FormatException($"The section desk cannot be read: {error.InnerException?.Message ?? error.Message} {error.Message}", error);
        }

        var faults = DeskMonitorRules.Faults(options).ToList();
        return faults.Count == 0 ? options : throw new FormatException(string.Join(Environment.NewLine, faults));
    }
}
