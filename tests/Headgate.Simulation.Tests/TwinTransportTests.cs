using System.Text;
using Headgate.Simulation;
using Headgate.Upstream;
using Headgate.Upstreams;
using Headgate.Upstreams.Faults;

namespace Headgate.Simulation.Tests;

public sealed class TwinTransportTests
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);
    private readonly VirtualTime _time = new();
    private readonly List<TimeSpan> _arrivals = [];
    private readonly TwinTransport _network;
    private TwinFault _fault = TwinFault.None;

    public TwinTransportTests()
    {
        var start = _time.TrueNow;
        _network = new TwinTransport(_time, (_, at) =>
        {
            _arrivals.Add(at - start);
            return new TwinReply(200, [], Encoding.UTF8.GetBytes("0123456789"), _fault);
        });
    }

    [Fact]
    public void A_call_arrives_one_latency_after_its_send_and_its_answer_another_later()
    {
        _network.Fate = _ => new NetworkFate(2 * Second, 1 * Second);
        var result = Send();
        result.Reply!.Status.ShouldBe(200);
        _arrivals.ShouldBe([2 * Second]);
        _time.Elapsed.ShouldBe((3 * Second).Ticks);
    }

    [Fact]
    public void An_abandoned_call_and_one_of_a_killed_process_arrive_all_the_same()
    {
        _network.Fate = _ => new NetworkFate(2 * Second, Second);
        var process = new VirtualProcess(_time);
        _time.Run(async () =>
        {
            using var leaving = new CancellationTokenSource(Second, _time);
            await Expect.Throws<OperationCanceledException>(_network.SendAsync(Call(), leaving.Token).AsTask());
            var killed = process.Run(() => _network.SendAsync(Call(), CancellationToken.None).AsTask());
            await _time.Delay(Second);
            process.Kill();
            await Expect.Throws<ProcessKilledException>(killed);
            await _time.Delay(10 * Second);
        });
        _arrivals.ShouldBe([2 * Second, 3 * Second]);
    }

    [Fact]
    public void A_call_that_would_arrive_after_its_time_out_never_arrives()
    {
        _network.Fate = _ => new NetworkFate(6 * Second, Second);
        Send().Fault!.IsTimeout.ShouldBeTrue();
        _time.Advance(20 * Second);
        _arrivals.ShouldBeEmpty();
    }

    [Theory]
    [InlineData(NetworkFault.Refused, TransportPhase.Connect, "refused", 0)]
    [InlineData(NetworkFault.ResetBeforeArrival, TransportPhase.Await, "reset", 0)]
    [InlineData(NetworkFault.ResetAfterArrival, TransportPhase.Await, "reset", 1)]
    [InlineData(NetworkFault.Closed, TransportPhase.Await, "closed", 1)]
    [InlineData(NetworkFault.Hang, TransportPhase.Await, "timeout", 1)]
    public void Each_network_fault_has_its_phase_and_its_arrivals(NetworkFault fault, TransportPhase phase, string kind, int arrivals)
    {
        _network.Fate = _ => new NetworkFate(Second, Second, fault);
        var result = Send();
        result.Fault!.Phase.ShouldBe(phase);
        result.Fault.Kind.ShouldBe(kind);
        _arrivals.Count.ShouldBe(arrivals);
    }

    [Fact]
    public void A_truncated_body_never_ends_properly()
    {
        _fault = new TwinFault(TwinFaultKind.Truncated) { Bytes = 4 };
        _time.Run(async () =>
        {
            await using var reply = (await _network.SendAsync(Call(), CancellationToken.None)).Reply!;
            reply.ContentLength.ShouldBe(10);
            (await reply.ReadAsync(new byte[100], CancellationToken.None)).ShouldBe(4);
            (await Expect.Throws<UpstreamBodyException>(reply.ReadAsync(new byte[100], CancellationToken.None).AsTask())).Fault.Kind.ShouldBe("truncated");
        });
    }

    [Fact]
    public void A_slow_body_comes_in_portions()
    {
        _fault = new TwinFault(TwinFaultKind.SlowDrip) { Bytes = 4, Interval = Second };
        _time.Run(async () =>
        {
            await using var reply = (await _network.SendAsync(Call(), CancellationToken.None)).Reply!;
            var begun = _time.Elapsed;
            var buffer = new byte[100];
            (await reply.ReadAsync(buffer, CancellationToken.None)).ShouldBe(4);
            (await reply.ReadAsync(buffer, CancellationToken.None)).ShouldBe(4);
            (await reply.ReadAsync(buffer, CancellationToken.None)).ShouldBe(2);
            (await reply.ReadAsync(buffer, CancellationToken.None)).ShouldBe(0);
            (_time.Elapsed - begun).ShouldBe((3 * Second).Ticks);
        });
    }

    private TransportResult Send() => _time.Run(() => _network.SendAsync(Call(), CancellationToken.None).AsTask());

    private static UpstreamCall Call() => new()
    {
        Id = 1,
        Provider = "p",
        Method = "GET",
        Origin = new Uri("http://p"),
        Target = "/x",
        Headers = [],
        Timeout = TimeSpan.FromSeconds(5),
    };
}
