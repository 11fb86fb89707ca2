using System.Net;
using Headgate.Upstreams.Faults;

namespace Headgate.Upstreams.Hosting;

/// <summary>
/// A twin behind an API client in the same process, without a socket: <c>new HttpClient(new TwinHandler(twin, clock))</c>. Delays of faults are timers of the clock,
/// so a day of a virtual clock passes in a moment.
/// </summary>
/// <remarks>
/// <para>
/// Everything a clock's timer lets go on continues on the thread that fires it, also through awaits that leave their context as the client's own do. That is what
/// keeps a virtual clock's run on its one thread.
/// </para>
/// <para>Faults of the connection arrive as the exceptions a client sees for them. A dripped body arrives whole, after the time the drops take. Thread-safe.</para>
/// </remarks>
public sealed class TwinHandler : HttpMessageHandler
{
    private readonly ITwin _twin;
    private readonly TimeProvider _clock;

    /// <param name="twin">What answers.</param>
    /// <param name="clock">The upstream's clock.</param>
    public TwinHandler(ITwin twin, TimeProvider clock)
    {
        _twin = twin;
        _clock = clock;
    }

    protected override HttpResponseMessage Send(HttpRequestMessage request, CancellationToken cancellationToken) =>
        SendAsync(request, cancellationToken).GetAwaiter().GetResult();

    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        if (cancellationToken.IsCancellationRequested)
        {
            return Task.FromCanceled<HttpResponseMessage>(cancellationToken);
        }

        var reply = _twin.Handle(Read(request), _clock.GetUtcNow());
        var delay = reply.Fault.Kind == TwinFaultKind.Hang ? Timeout.InfiniteTimeSpan : reply.Fault.Delay + Dripping(reply);
        if (delay == TimeSpan.Zero)
        {
            var answer = new TaskCompletionSource<HttpResponseMessage>();
            Deliver(answer, request, reply);
            return answer.Task;
        }

        return new Delivery(request, reply).Start(_clock, delay, cancellationToken);
    }

    private static TimeSpan Dripping(TwinReply reply) =>
        reply.Fault.Kind == TwinFaultKind.SlowDrip ? reply.Fault.Interval * (reply.Body.Length / Math.Max(1, reply.Fault.Bytes)) : TimeSpan.Zero;

    private static TwinRequest Read(HttpRequestMessage request)
    {
        var url = request.RequestUri ?? throw new InvalidOperationException("The request has no address.");
        var headers = new List<TwinHeader>();
        foreach (var (name, values) in request.Headers.NonValidated)
        {
            headers.AddRange(values.Select(value => new TwinHeader(name, value)));
        }

        if (request.Content is not { } content)
        {
            return new TwinRequest(request.Method.Method, url.PathAndQuery, headers);
        }

        using var body = new MemoryStream();
        content.CopyTo(body, null, CancellationToken.None);
        foreach (var (name, values) in content.Headers.NonValidated)
        {
            headers.AddRange(values.Select(value => new TwinHeader(name, value)));
        }

        return new TwinRequest(request.Method.Method, url.PathAndQuery, headers, body.ToArray());
    }

    private static void Deliver(TaskCompletionSource<HttpResponseMessage> answer, HttpRequestMessage request, TwinReply reply)
    {
        var broken = reply.Fault.Kind switch
        {
            TwinFaultKind.Close or TwinFaultKind.Truncated => HttpRequestError.ResponseEnded,
            TwinFaultKind.Reset => HttpRequestError.ConnectionError,
            TwinFaultKind.Garbage => HttpRequestError.InvalidResponse,
            _ => default(HttpRequestError?),
        };
        if (broken is { } error)
        {
            answer.TrySetException(new HttpRequestException(error, $"The emulated upstream's answer broke off ({reply.Fault.Kind})."));
            return;
        }

        var message = new HttpResponseMessage((HttpStatusCode)reply.Status) { RequestMessage = request, Content = new ByteArrayContent(reply.Body.ToArray()) };
        foreach (var header in reply.Headers)
        {
            if (!message.Headers.TryAddWithoutValidation(header.Name, header.Value))
            {
                message.Content.Headers.TryAddWithoutValidation(header.Name, header.Value);
            }
        }

        answer.TrySetResult(message);
    }

    /// <summary>An answer that comes later, or never.</summary>
    private sealed class Delivery(HttpRequestMessage request, TwinReply reply)
    {
        private readonly TaskCompletionSource<HttpResponseMessage> _answer = new();
        private ITimer? _timer;
        private CancellationTokenRegistration _leaving;

        public Task<HttpResponseMessage> Start(TimeProvider clock, TimeSpan delay, CancellationToken cancellation)
        {
            _timer = clock.CreateTimer(static state => ((Delivery)state!).Arrive(), this, delay, Timeout.InfiniteTimeSpan);
            _leaving = cancellation.UnsafeRegister(static (state, token) => ((Delivery)state!).Leave(token), this);
            return _answer.Task;
        }

        private void Arrive()
        {
            _leaving.Dispose();
            WithoutContext(() => Deliver(_answer, request, reply));
        }

        private void Leave(CancellationToken token)
        {
            _timer!.Dispose();
            WithoutContext(() => _answer.TrySetCanceled(token));
        }

        // An await that left its context continues in place only where there is none.
        private static void WithoutContext(Action complete)
        {
            var context = SynchronizationContext.Current;
            SynchronizationContext.SetSynchronizationContext(null);
            try
            {
                complete();
            }
            finally
            {
                SynchronizationContext.SetSynchronizationContext(context);
            }
        }
    }
}
