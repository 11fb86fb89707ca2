using System.Net;
using Headgate.Gateway.Configuration;
using Microsoft.Extensions.Logging.Abstractions;

namespace Headgate.Gateway.Embedding;

/// <summary>
/// Answers an API client's requests by an engine in this process instead of the network. The client keeps its SDK and the provider's own base
/// URL; answers carry what the HTTP edge's carry: <c>Age</c>, <c>Cache-Status</c>, <c>RateLimit</c>, problem+json for refusals.
/// </summary>
/// <remarks>
/// <para>
/// The engine runs on the thread pool, never on the caller's context: a caller that blocks its only thread on <c>.Result</c> is answered all the same.
/// Of the caller's execution context nothing flows in, because a call may serve many callers.
/// </para>
/// <para>Thread-safe. Disposing a handler stops nothing: the engine belongs to whoever started it.</para>
/// </remarks>
public sealed class HeadgateHandler : HttpMessageHandler
{
    private readonly Func<Task<EmbeddedEdge>> _edge;
    private readonly string _provider;
    private readonly string _client;
    private readonly Uri? _address;

    /// <param name="engine">A started engine; whoever started it disposes it.</param>
    /// <param name="provider">Catalogue name, ignoring case.</param>
    /// <param name="address">The base URL that clients write when it is not the one of the running catalogue (whose upstream may be an emulated one); null for none.</param>
    /// <param name="client">Names the asker in fair queueing, profiles and logs where a request has no <c>Headgate-Client</c>; null takes the provider's name.</param>
    /// <param name="options">Client profiles and bounds; null takes the defaults.</param>
    public HeadgateHandler(Engine engine, string provider, Uri? address = null, string? client = null, GatewayOptions? options = null)
        : this(Started(new EmbeddedEdge(engine, options ?? new GatewayOptions(), NullLoggerFactory.Instance)), provider, address, client)
    {
    }

    internal HeadgateHandler(Func<Task<EmbeddedEdge>> edge, string provider, Uri? address, string? client)
    {
        _edge = edge;
        _provider = provider;
        _address = address;
        _client = client ?? provider;
    }

    /// <exception cref="HttpRequestException">The provider is not in the catalogue, or the request is not for it.</exception>
    protected override HttpResponseMessage Send(HttpRequestMessage request, CancellationToken cancellationToken) =>
        SendAsync(request, cancellationToken).GetAwaiter().GetResult();

    /// <exception cref="HttpRequestException">The provider is not in the catalogue, or the request is not for it.</exception>
    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        if (ExecutionContext.IsFlowSuppressed())
        {
            return Task.Run(() => AnswerAsync(request, cancellationToken), CancellationToken.None);
        }

        var flow = ExecutionContext.SuppressFlow();
        var answer = Task.Run(() => AnswerAsync(request, cancellationToken), CancellationToken.None);
        flow.Undo();
        return answer;
    }

    private async Task<HttpResponseMessage> AnswerAsync(HttpRequestMessage request, CancellationToken cancellation)
    {
        var edge = await _edge();
        var provider = edge.Engine.Catalogue.Find(_provider) ?? throw new HttpRequestException($"The catalogue has no provider {_provider}.");
        var url = request.RequestUri ?? throw new HttpRequestException("The request has no address.");
        // A credential that was written for another server must not reach this provider.
        var target = Below(url, provider.BaseUrl) ?? (_address is { } address ? Below(url, address) : null)
            ?? throw new HttpRequestException(
                $"{url.GetLeftPart(UriPartial.Authority)} is not where {_provider} is: this client's requests begin with {_address ?? provider.BaseUrl}.", null, HttpStatusCode.MisdirectedRequest);
        return await edge.SendAsync(request, target, provider.Name, _client, cancellation);
    }

    private static Func<Task<EmbeddedEdge>> Started(EmbeddedEdge edge)
    {
        var started = Task.FromResult(edge);
        return () => started;
    }

    /// <summary>The raw target below a base URL; null for an address that does not begin with it.</summary>
    private static string? Below(Uri url, Uri baseUrl)
    {
        if (!url.IsAbsoluteUri || !string.Equals(url.IdnHost, baseUrl.IdnHost, StringComparison.OrdinalIgnoreCase) || url.Port != baseUrl.Port)
        {
            return null;
        }

        var prefix = baseUrl.AbsolutePath.TrimEnd('/');
        var target = url.PathAndQuery;
        if (!target.StartsWith(prefix, StringComparison.Ordinal))
        {
            return null;
        }

        var rest = target[prefix.Length..];
        return rest.Length == 0 || rest[0] == '?' ? $"/{rest}" : rest[0] == '/' ? rest : null;
    }
}
