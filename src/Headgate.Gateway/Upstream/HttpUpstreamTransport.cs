using System.Net;
using System.Net.Sockets;
using System.Text;
using Headgate.Upstream;

namespace Headgate.Gateway.Upstream;

/// <summary>The only way out: HTTP/1.1 over pooled connections, with one arrival for each charge.</summary>
/// <remarks>
/// <see cref="SocketsHttpHandler"/> does pooling, TLS and the reading of responses. It also sends body-less requests again, up to three times, when a
/// connection ends unanswered, and has no switch for that: <see cref="OneArrivalStream"/> makes it impossible. Thread-safe.
/// </remarks>
public sealed class HttpUpstreamTransport : IUpstreamTransport, IDisposable
{
    private static readonly HttpRequestOptionsKey<Attempt> AttemptKey = new("Headgate.Attempt");
    private static readonly HttpRequestOptionsKey<Socket> SocketKey = new("Headgate.Socket");

    private readonly TicketOffice _tickets = new();
    private readonly HttpMessageInvoker _invoker;
    private readonly TimeProvider _time;

    /// <param name="time">Runs the time-outs.</param>
    /// <param name="options">Bounds; null takes the defaults.</param>
    public HttpUpstreamTransport(TimeProvider time, HttpTransportOptions? options = null)
    {
        _time = time;
        _invoker = new HttpMessageInvoker(CreateHandler(options ?? new HttpTransportOptions()), disposeHandler: true);
    }

    public async ValueTask<TransportResult> SendAsync(UpstreamCall call, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        var head = RequestHead.Build(call, out var reason);
        if (head is null)
        {
            return new TransportResult(null, new TransportFault(TransportPhase.Connect, "protocol", "Not sent: " + reason + "."));
        }

        var attempt = new Attempt(call, head);
        var timeout = new CancellationTokenSource(call.Timeout, _time);
        var lifetime = new CancellationTokenSource();
        // In this order: the handler closes the connection while it is cancelled, and how it is closed depends on whether the call was given up.
        Action giveUp = () =>
        {
            attempt.Abandon();
            lifetime.Cancel();
        };
        var late = timeout.Token.UnsafeRegister(static state => ((Action)state!)(), giveUp);
        var left = cancellation.UnsafeRegister(static state => ((Action)state!)(), giveUp);
        HttpUpstreamReply? reply = null;
        try
        {
            var response = await ExchangeAsync(attempt, lifetime.Token);
            reply = await OpenAsync(response, call);
            return new TransportResult(reply, null);
        }
        catch (Exception error) when (error is HttpRequestException or IOException or OperationCanceledException)
        {
            attempt.Abandon();
            if (PoolHop.IsNeeded)
            {
                await PoolHop.Run();
            }

            cancellation.ThrowIfCancellationRequested();
            return new TransportResult(null, FaultOf(attempt, error, timeout));
        }
        finally
        {
            await late.DisposeAsync();
            await left.DisposeAsync();
            lifetime.Dispose();
            timeout.Dispose();
        }
    }

    public void Dispose() => _invoker.Dispose();

    /// <summary>Tickets not yet redeemed or closed; 0 when nothing is in flight.</summary>
    internal int OpenTickets => _tickets.Open;

    private async Task<HttpResponseMessage> ExchangeAsync(Attempt attempt, CancellationToken cancellation)
    {
        var ticket = _tickets.Issue(attempt, out var number);
        try
        {
            using var request = Placeholder(attempt, ticket);
            var response = await _invoker.SendAsync(request, cancellation);
            if (PoolHop.IsNeeded)
            {
                await PoolHop.Run();
            }

            return response;
        }
        finally
        {
            _tickets.Close(number);
        }
    }

    /// <summary>What the handler needs to know to pick a connection and to read the answer; the wire sees <see cref="Attempt.Head"/> instead.</summary>
    private static HttpRequestMessage Placeholder(Attempt attempt, string ticket)
    {
        var call = attempt.Call;
        var request = new HttpRequestMessage(new HttpMethod(call.Method), new Uri(call.Origin, "/"))
        {
            Version = HttpVersion.Version11,
            VersionPolicy = HttpVersionPolicy.RequestVersionExact,
            Content = call.HasBody ? new ReadOnlyMemoryContent(call.Body) : null,
        };
        request.Headers.ExpectContinue = false;
        request.Headers.TryAddWithoutValidation(TicketOffice.HeaderName, ticket);
        request.Options.Set(AttemptKey, attempt);
        return request;
    }

    private async Task<HttpUpstreamReply> OpenAsync(HttpResponseMessage response, UpstreamCall call)
    {
        var body = await response.Content.ReadAsStreamAsync(CancellationToken.None);
        return new HttpUpstreamReply(response, body, new CancellationTokenSource(), _time, call.Timeout)
        {
            Status = (int)response.StatusCode,
            Headers = HeadersOf(response),
            ContentLength = response.Content.Headers.ContentLength,
        };
    }

    private static List<HeaderField> HeadersOf(HttpResponseMessage response)
    {
        var connection = response.Headers.NonValidated.TryGetValues("Connection", out var listed) ? listed.ToString() : null;
        var headers = new List<HeaderField>();
        Add(response.Headers.NonValidated);
        Add(response.Content.Headers.NonValidated);
        return headers;

        void Add(System.Net.Http.Headers.HttpHeadersNonValidated source)
        {
            foreach (var (name, values) in source)
            {
                if (HopByHop.Contains(name) || HopByHop.IsListed(connection, name))
                {
                    continue;
                }

                foreach (var value in values)
                {
                    headers.Add(new HeaderField(name, value));
                }
            }
        }
    }

    private static TransportFault FaultOf(Attempt attempt, Exception error, CancellationTokenSource timeout) =>
        timeout.IsCancellationRequested
            ? TransportFaults.Timeout(attempt.IsSent ? TransportPhase.Await : TransportPhase.Connect, attempt.Call.Timeout)
            : TransportFaults.OfHead(attempt, error);

    private SocketsHttpHandler CreateHandler(HttpTransportOptions options)
    {
        var handler = new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            UseCookies = false,
            UseProxy = false,
            AutomaticDecompression = DecompressionMethods.None,
            ActivityHeadersPropagator = null,
            MaxConnectionsPerServer = options.ConnectionsPerOriginMax,
            MaxResponseHeadersLength = options.HeadKilobytesMax,
            PooledConnectionIdleTimeout = options.IdleMax,
            PooledConnectionLifetime = options.ConnectionLifetime,
            ResponseHeaderEncodingSelector = static (_, _) => Encoding.Latin1,
            ConnectCallback = ConnectAsync,
            PlaintextStreamFilter = GuardAsync,
        };
        if (options.CertificateValidation is { } validation)
        {
            handler.SslOptions.RemoteCertificateValidationCallback = validation;
        }

        return handler;
    }

    private static async ValueTask<Stream> ConnectAsync(SocketsHttpConnectionContext context, CancellationToken cancellation)
    {
        var request = context.InitialRequestMessage;
        if (request.Options.TryGetValue(AttemptKey, out var attempt) && (attempt.IsSent || attempt.IsAbandoned))
        {
            // The handler is about to send it again: it need not even connect.
            throw new ResendRefusedException();
        }

        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(context.DnsEndPoint, cancellation);
            request.Options.Set(SocketKey, socket);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    private ValueTask<Stream> GuardAsync(SocketsHttpPlaintextStreamFilterContext context, CancellationToken cancellation)
    {
        context.InitialRequestMessage.Options.TryGetValue(SocketKey, out var socket);
        return ValueTask.FromResult<Stream>(new OneArrivalStream(context.PlaintextStream, socket, _tickets));
    }
}
