using Headgate.Upstream;
using Headgate.Upstreams;
using Headgate.Upstreams.Faults;

namespace Headgate.Simulation;

/// <summary>
/// The network between the engine and emulated upstreams, in virtual time. A call arrives, and is counted by the upstream's limits, one outward latency
/// after its send, or never when that is longer than its time-out; abandoning it, or the death of its sender, does not stop it on the way.
/// </summary>
/// <remarks>Belongs to the world, not to a process: one instance serves all processes. For the pump's one thread.</remarks>
public sealed class TwinTransport : IUpstreamTransport
{
    /// <summary>What a door answers to a call that arrives at that true time.</summary>
    public delegate TwinReply Door(UpstreamCall call, DateTimeOffset at);

    private readonly VirtualTime _time;
    private readonly Door _door;

    /// <param name="time">The world's clock.</param>
    /// <param name="door">Answers arrivals.</param>
    public TwinTransport(VirtualTime time, Door door)
    {
        _time = time;
        _door = door;
    }

    /// <summary>A network to these twins, by the provider's name.</summary>
    /// <param name="time">The world's clock.</param>
    /// <param name="twins">The upstreams.</param>
    public TwinTransport(VirtualTime time, params ITwin[] twins)
        : this(time, (call, at) => Array.Find(twins, twin => string.Equals(twin.Name, call.Provider, StringComparison.Ordinal)) is { } twin
            ? twin.Handle(ToRequest(call), at)
            : throw new InvalidOperationException($"There is no twin for {call.Provider}."))
    {
    }

    /// <summary>Draws each call's way; default: 20 ms there, 30 ms back, no fault.</summary>
    public Func<UpstreamCall, NetworkFate> Fate { get; set; } = _ => new NetworkFate(TimeSpan.FromMilliseconds(20), TimeSpan.FromMilliseconds(30));

    /// <summary>Told of every call as it is handed to the network.</summary>
    public Action<UpstreamCall>? Sending { get; set; }

    /// <summary>Told of every arrival, with the answer given.</summary>
    public Action<UpstreamCall, TwinReply>? Arrived { get; set; }

    /// <summary>Told of every answer, fault or time-out as it reaches the sender.</summary>
    public Action<UpstreamCall, TransportResult>? Heard { get; set; }

    /// <summary>Calls handed over so far.</summary>
    public long Sent { get; private set; }

    /// <summary>Calls that arrived so far.</summary>
    public long Arrivals { get; private set; }

    /// <summary>Calls without an answer, a fault or a time-out yet.</summary>
    public int InFlight { get; private set; }

    public async ValueTask<TransportResult> SendAsync(UpstreamCall call, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        Sending?.Invoke(call);
        Sent++;
        InFlight++;
        var fate = Fate(call);
        var answer = new TaskCompletionSource<TransportResult>(TaskCreationOptions.RunContinuationsAsynchronously);
        var timeout = After(call.Timeout, () => End(answer, Fault(TransportPhase.Await, "timeout", $"No answer within {call.Timeout.TotalSeconds:0.###} s.")));
        Depart(call, fate, answer);
        var leave = cancellation.UnsafeRegister(static (state, token) => ((TaskCompletionSource<TransportResult>)state!).TrySetCanceled(token), answer);
        try
        {
            var result = await answer.Task;
            Heard?.Invoke(call, result);
            return result;
        }
        finally
        {
            InFlight--;
            timeout.Dispose();
            await leave.DisposeAsync();
        }
    }

    /// <summary>The request as the upstream sees it.</summary>
    public static TwinRequest ToRequest(UpstreamCall call) =>
        new(call.Method, call.Target, [new("Host", call.Origin.Authority), .. call.Headers.Select(header => new TwinHeader(header.Name, header.Value))], call.Body);

    private void Depart(UpstreamCall call, NetworkFate fate, TaskCompletionSource<TransportResult> answer)
    {
        switch (fate.Fault)
        {
            case NetworkFault.Refused:
                After(fate.Out, () => End(answer, Fault(TransportPhase.Connect, "refused", "Connection refused.")));
                break;
            case NetworkFault.ResetBeforeArrival:
                After(fate.Out, () => End(answer, Fault(TransportPhase.Await, "reset", "Connection reset.")));
                break;
            case var _ when fate.Out <= call.Timeout:
                After(fate.Out, () => Arrive(call, fate, answer));
                break;
            default:
                break; // lost: the time-out ends it
        }
    }

    private void Arrive(UpstreamCall call, NetworkFate fate, TaskCompletionSource<TransportResult> answer)
    {
        Arrivals++;
        var reply = _door(call, _time.TrueNow);
        Arrived?.Invoke(call, reply);
        var fault = fate.Fault != NetworkFault.None ? fate.Fault : FaultOf(reply.Fault.Kind);
        var back = fate.Back + reply.Fault.Delay;
        switch (fault)
        {
            case NetworkFault.ResetAfterArrival:
                After(back, () => End(answer, Fault(TransportPhase.Await, "reset", "Connection reset.")));
                break;
            case NetworkFault.Closed:
                After(back, () => End(answer, Fault(TransportPhase.Await, "closed", "Connection closed without an answer.")));
                break;
            case NetworkFault.Hang:
                break;
            case var _ when reply.Fault.Kind == TwinFaultKind.Garbage:
                After(back, () => End(answer, Fault(TransportPhase.Await, "protocol", "The answer is no HTTP.")));
                break;
            default:
                After(back, () => answer.TrySetResult(new TransportResult(TwinReplyBody.Open(_time, call, reply, fault), null)));
                break;
        }
    }

    private static NetworkFault FaultOf(TwinFaultKind kind) => kind switch
    {
        TwinFaultKind.Hang => NetworkFault.Hang,
        TwinFaultKind.Close => NetworkFault.Closed,
        TwinFaultKind.Reset => NetworkFault.ResetAfterArrival,
        TwinFaultKind.Truncated => NetworkFault.Truncated,
        TwinFaultKind.SlowDrip => NetworkFault.SlowBody,
        _ => NetworkFault.None,
    };

    private static TransportFault Fault(TransportPhase phase, string kind, string detail) => new(phase, kind, detail);

    private static void End(TaskCompletionSource<TransportResult> answer, TransportFault fault) => answer.TrySetResult(new TransportResult(null, fault));

    private ITimer After(TimeSpan delay, Action action) => _time.CreateTimer(static state => ((Action)state!)(), action, delay, Timeout.InfiniteTimeSpan);
}
