using Headgate.Cli.Serving;
using Headgate.Cli.Twins;
using Headgate.Desk.Alerts;
using Headgate.Desk.Doors;
using Microsoft.Extensions.Logging;

namespace Headgate.Cli.Monitoring;

/// <summary>The one that delivers alerts of every system of this process; it starts when the first of them asks for it, so that others need none of its settings.</summary>
internal sealed class LiveAlerts(GateCore gate, IRecordStore records, bool isDemo, ILogger log, TextWriter output) : IAsyncDisposable
{
    private AlertDesk? _desk;

    /// <summary>Alerts and what became of them, of earlier processes too.</summary>
    public AlertStore Store { get; } = new(records);

    /// <summary>Starts delivering, first of all what an earlier process left; a second call gives the same.</summary>
    /// <exception cref="CommandFailure">A setting that a channel needs is missing.</exception>
    public async Task<AlertDesk> StartAsync(CancellationToken cancellation)
    {
        if (_desk is null)
        {
            _desk = New();
            await _desk.StartAsync(cancellation);
        }

        return _desk;
    }

    public ValueTask DisposeAsync() => _desk?.DisposeAsync() ?? ValueTask.CompletedTask;

    private AlertDesk New()
    {
        var settings = AlertSettings.From(gate.Configuration);
        settings = isDemo ? settings with { TelegramChatId = settings.TelegramChatId ?? DemoUpstreams.Chat } : settings;
        var door = new EngineDoor(gate.Engine);
        try
        {
            var channels = settings.Make(door, gate.Secrets, output, gate.Engine.Catalogue.Providers.Keys);
            return new AlertDesk(records, channels, door.Time, settings.Delivery, problem => LiveDeskLog.Delivery(log, problem));
        }
        catch (FormatException missing)
        {
            throw new CommandFailure($"the desk does not start: {missing.Message}", ExitCode.Failure, missing);
        }
    }
}
