using System.Globalization;

namespace Headgate.Desk.Alerts.Channels;

/// <summary>One line per alert on a console.</summary>
/// <param name="output">Where lines go.</param>
public sealed class ConsoleChannel(TextWriter output) : IAlertChannel
{
    private static readonly TimeSpan India = new(5, 30, 0);

    public string Name => "console";

    public bool CanBeUncertain => false;

    public async ValueTask<ChannelOutcome> DeliverAsync(AlertAttempt attempt, CancellationToken cancellation)
    {
        var alert = attempt.Alert;
        try
        {
            await output.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"{alert.RaisedAt.ToOffset(India):HH:mm:ss} {alert.Monitor}: {alert.Summary}"));
            return ChannelOutcome.Sent;
        }
        catch (IOException error)
        {
            return new ChannelOutcome(ChannelVerdict.Unavailable, error.Message);
        }
    }
}
