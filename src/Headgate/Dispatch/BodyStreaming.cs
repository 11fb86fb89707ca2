using Headgate.Flights;
using Headgate.Upstream;

namespace Headgate.Dispatch;

/// <summary>Answers a flight's waiters while its body still arrives.</summary>
internal static class BodyStreaming
{
    /// <param name="provider">Whose call.</param>
    /// <param name="call">Carries one flight; who asks for the same meanwhile joins it until the body has ended.</param>
    /// <param name="reply">Its answer, read as far as <paramref name="head"/>.</param>
    /// <param name="head">What was read of the body.</param>
    /// <param name="outcome">What waiters are given, over the growing body.</param>
    /// <param name="ended">Told when the body has ended well: the body, or null when it outgrew what one flight may hold.</param>
    /// <param name="broke">Told when it broke off.</param>
    public static async Task RunAsync(
        ProviderContext provider, PlannedCall call, UpstreamReply reply, ReadOnlyMemory<byte> head, Func<SharedBody, FlightOutcome.Streaming> outcome, Action<SharedBody?> ended, Action broke)
    {
        var flight = call.Flights[0];
        var shared = new SharedBody(provider.Options.StreamBytesMax);
        if (!head.IsEmpty)
        {
            shared.TryWrite(head.Span);
        }

        provider.Calls.Stream(flight, outcome(shared));
        try
        {
            ended(await BodyReader.CopyAsync(reply, shared) ? shared : null);
        }
        catch (UpstreamBodyException exception)
        {
            shared.Break(exception.Fault);
            broke();
        }
        finally
        {
            provider.Calls.Land(flight);
        }
    }
}
