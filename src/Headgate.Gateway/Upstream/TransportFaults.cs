using System.Net.Sockets;
using System.Security.Authentication;
using Headgate.Upstream;

namespace Headgate.Gateway.Upstream;

/// <summary>Turns what the platform throws into the stable words of <see cref="TransportFault.Kind"/>.</summary>
internal static class TransportFaults
{
    public static TransportFault Timeout(TransportPhase phase, TimeSpan after) =>
        new(phase, "timeout", phase switch
        {
            TransportPhase.Connect => $"No connection within {after.TotalSeconds:0.###} s; nothing was sent.",
            TransportPhase.Await => $"No answer within {after.TotalSeconds:0.###} s of the send.",
            _ => $"The answer paused for more than {after.TotalSeconds:0.###} s.",
        });

    /// <summary>The fault of a call that got no head.</summary>
    public static TransportFault OfHead(Attempt attempt, Exception error)
    {
        if (!attempt.IsSent)
        {
            return new TransportFault(TransportPhase.Connect, KindOf(error), "Could not connect: " + Reason(error));
        }

        // What the handler reports last may be its own refused resend; what the connection saw first is the truth.
        return attempt.UnansweredEnd is { } end
            ? new TransportFault(TransportPhase.Await, end, end is "closed" ? "The connection was closed without an answer." : "The connection was reset without an answer.")
            : new TransportFault(TransportPhase.Await, KindOf(error), "The answer could not be read: " + Reason(error));
    }

    /// <summary>The fault of a body that broke off.</summary>
    public static TransportFault OfBody(Exception error)
    {
        var kind = KindOf(error) is "closed" ? "truncated" : KindOf(error);
        return new TransportFault(TransportPhase.Body, kind, kind is "truncated" ? "The body ended before its length." : "The body broke off: " + Reason(error));
    }

    private static string KindOf(Exception error)
    {
        for (var inner = error; inner is not null; inner = inner.InnerException)
        {
            switch (inner)
            {
                case SocketException socket:
                    return OfSocket(socket.SocketErrorCode);
                case AuthenticationException:
                    return "tls";
                case HttpIOException { HttpRequestError: HttpRequestError.ResponseEnded }:
                    return "closed";
                case HttpRequestException { HttpRequestError: HttpRequestError.NameResolutionError }:
                    return "name";
                case HttpRequestException { HttpRequestError: HttpRequestError.SecureConnectionError } when inner.InnerException is null:
                    return "tls";
                default:
                    break;
            }
        }

        return "protocol";
    }

    private static string OfSocket(SocketError code) => code switch
    {
        SocketError.HostNotFound or SocketError.TryAgain or SocketError.NoData or SocketError.NoRecovery => "name",
        SocketError.ConnectionReset or SocketError.ConnectionAborted or SocketError.Shutdown => "reset",
        SocketError.TimedOut => "timeout",
        _ => "refused",
    };

    // Messages of the platform name hosts and codes, never headers or targets: those were not handed to it.
    private static string Reason(Exception error)
    {
        while (error.InnerException is { } inner)
        {
            error = inner;
        }

        return error.Message;
    }
}
