using Headgate.Cli.Serving;
using Headgate.Cli.Twins;
using Headgate.Desk.Doors;
using Microsoft.Extensions.Logging;

namespace Headgate.Cli.Monitoring;

/// <summary>What a system of the desk finds; the same for all of this process.</summary>
/// <param name="Gate">Whose engine, configuration and secrets.</param>
/// <param name="Market">The demo's market, or null for the real one.</param>
/// <param name="Records">What is durable; a demo's is forgotten with the process.</param>
/// <param name="Places">Where files go.</param>
/// <param name="Alerts">Who delivers alerts, for systems that raise some.</param>
/// <param name="Logs">Log files, one per category below <c>Headgate.Desk</c>; trouble also goes to standard error.</param>
/// <param name="Output">Where is told what was done.</param>
internal sealed record LiveSeat(GateCore Gate, Market? Market, IRecordStore Records, DeskPlaces Places, LiveAlerts Alerts, ILoggerFactory Logs, TextWriter Output)
{
    /// <summary>The one way to upstreams.</summary>
    public EngineDoor Door { get; } = new(Gate.Engine);

    public bool IsDemo => Market is not null;
}
