using Headgate.Gateway.Configuration;
using Headgate.Gateway.Proxy;
using Headgate.Gateway.Security;
using Headgate.Gateway.Telemetry;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Logging;

namespace Headgate.Gateway.Embedding;

/// <summary>The edge without a socket: the same code answers, so the same headers and refusals come back. Thread-safe.</summary>
internal sealed class EmbeddedEdge
{
    private readonly Edge _edge;

    public EmbeddedEdge(Engine engine, GatewayOptions options, ILoggerFactory loggers)
    {
        Engine = engine;
        // Nobody but this process can ask, so there are no tokens and no foreign pages.
        _edge = new Edge(
            new CoordinatorLog(new EngineDoor(engine, null), loggers),
            options,
            new Admission(TokenVault.Empty, new BrowserRules([])),
            loggers.CreateLogger<Edge>());
    }

    public Engine Engine { get; }

    /// <summary>Answers one request. Must be called on the pool: what it awaits continues there.</summary>
    /// <param name="message">The client's.</param>
    /// <param name="target">Raw target below the provider.</param>
    /// <param name="provider">Catalogue name.</param>
    /// <param name="client">Who asks, where the message does not say.</param>
    /// <param name="cancellation">Ends the wait for the head; what was sent upstream goes on.</param>
    public async Task<HttpResponseMessage> SendAsync(HttpRequestMessage message, string target, string provider, string client, CancellationToken cancellation)
    {
        var response = new EmbeddedResponse(message);
        var context = new DefaultHttpContext(await FeaturesAsync(message, target, response, cancellation));
        var lane = new Lane(new GatewayListener(new ListenAddress(IsHttps: false, "127.0.0.1", 0), provider, ErrorStyle.Problem)) { RemoteName = client };
        await using (cancellation.UnsafeRegister(static state => ((EmbeddedResponse)state!).Abort(), response))
        {
            _ = AnswerAsync(context, lane, response);
            try
            {
                return await response.Started;
            }
            catch (Exception) when (cancellation.IsCancellationRequested)
            {
                throw new TaskCanceledException("The caller left.", null, cancellation);
            }
        }
    }

    /// <summary>Goes on after the head was handed over, until the body is written.</summary>
    private async Task AnswerAsync(HttpContext context, Lane lane, EmbeddedResponse response)
    {
        try
        {
            // A lane of one provider leads to no pages of the gate's own.
            _edge.TryHandle(context, lane, out var answer);
            await answer;
            await response.EndAsync(null);
        }
        catch (Exception error)
        {
            // The boundary of a request: whoever reads the answer is told.
            await response.EndAsync(error);
        }
    }

    private static async Task<FeatureCollection> FeaturesAsync(HttpRequestMessage message, string target, EmbeddedResponse response, CancellationToken cancellation)
    {
        var request = new HttpRequestFeature { Method = message.Method.Method, RawTarget = target, Protocol = "HTTP/1.1", Scheme = "http" };
        Copy(message.Headers.NonValidated, request.Headers);
        if (message.Content is { } content)
        {
            Copy(content.Headers.NonValidated, request.Headers);
            request.Body = await content.ReadAsStreamAsync(cancellation);
            request.Headers.ContentLength = content.Headers.ContentLength;
            if (request.Headers.ContentLength is null)
            {
                request.Headers.TransferEncoding = "chunked";
            }
        }
        else if (message.Method == HttpMethod.Post || message.Method == HttpMethod.Put || message.Method == HttpMethod.Patch)
        {
            request.Headers.ContentLength = 0;
        }

        request.Headers.Host = "localhost";
        var features = new FeatureCollection();
        features.Set<IHttpRequestFeature>(request);
        features.Set<IHttpResponseFeature>(response);
        features.Set<IHttpResponseBodyFeature>(response);
        features.Set<IHttpRequestLifetimeFeature>(response);
        return features;
    }

    private static void Copy(System.Net.Http.Headers.HttpHeadersNonValidated from, IHeaderDictionary to)
    {
        foreach (var (name, values) in from)
        {
            to[name] = values.ToArray();
        }
    }
}
