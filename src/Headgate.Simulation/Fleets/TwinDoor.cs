using Headgate.Desk.Days;
using Headgate.Desk.Doors;
using Headgate.Upstreams;

namespace Headgate.Simulation;

/// <summary>A door without a gate: every ask is the asker's own call, once, and it takes what comes.</summary>
internal sealed class TwinDoor(VirtualTime time, IReadOnlyList<FleetUpstream> upstreams, FleetDayOptions options, FleetLog log) : IDeskDoor
{
    public TimeProvider Time => time;

    public ValueTask<DeskAnswer> AskAsync(DeskAsk ask, CancellationToken cancellation) => CallAsync(ask.Provider, "GET", ask.Target, ask.Headers, default, ask.Client, cancellation);

    public ValueTask<DeskAnswer> SendAsync(DeskMessage message, CancellationToken cancellation) =>
        CallAsync(message.Provider, message.Method, message.Target, message.Headers, message.Body, message.Client, cancellation);

    private async ValueTask<DeskAnswer> CallAsync(
        string provider, string method, string target, IReadOnlyList<HeaderField> headers, ReadOnlyMemory<byte> body, string client, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        var upstream = upstreams.FirstOrDefault(known => string.Equals(known.Twin.Name, provider, StringComparison.Ordinal))
            ?? throw new ArgumentException($"There is no upstream {provider} in this day.", nameof(provider));
        await time.Delay(options.Out);
        if (upstream.IsMarketData)
        {
            log.NoteCall(time.TrueNow);
            log.NoteCalls(client, 1);
        }

        var own = headers.Select(header => new TwinHeader(header.Name, header.Value));
        var reply = upstream.Twin.Handle(new TwinRequest(method, upstream.BasePath + target, [.. upstream.Headers, .. own], body), time.TrueNow);
        await time.Delay(options.Back);
        return new DeskAnswer(reply.Status, reply.Body) { Headers = [.. reply.Headers.Select(header => new HeaderField(header.Name, header.Value))] };
    }
}
