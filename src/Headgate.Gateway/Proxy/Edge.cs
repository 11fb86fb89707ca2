using System.Collections.Frozen;
using Headgate.Caching;
using Headgate.Catalogue;
using Headgate.Gateway.Configuration;
using Headgate.Gateway.Security;
using Headgate.Gateway.Telemetry;
using Headgate.Gateway.Upstream;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Logging;

namespace Headgate.Gateway.Proxy;

/// <summary>
/// The edge: terminal for everything that goes to an upstream, ahead of the web framework. Hits are answered inline on the connection's own thread; everything that
/// may wait hands over to the pool first.
/// </summary>
internal sealed class Edge
{
    private static readonly FrozenSet<string> Methods =
        new[] { "GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS" }.ToFrozenSet(StringComparer.Ordinal);

    private readonly IEngineDoor _engine;
    private readonly GatewayOptions _options;
    private readonly Admission _admission;
    private readonly RouteResolver _routes;
    private readonly DemandReader _demands;
    private readonly ProblemWriter _problems;
    private readonly AnswerWriter _answers;
    private readonly OriginWriter _originAnswers;
    private readonly PassedWriter _passed;
    private readonly ILogger _logger;

    public Edge(IEngineDoor engine, GatewayOptions options, Admission admission, ILogger<Edge> logger)
    {
        _engine = engine;
        _options = options;
        _admission = admission;
        _logger = logger;
        _routes = new RouteResolver(options);
        _demands = new DemandReader(engine, options);
        _problems = new ProblemWriter(engine.Clock);
        _answers = new AnswerWriter(_problems);
        _originAnswers = new OriginWriter(AnswerWriter.DecodedBytesMax);
        _passed = new PassedWriter(_problems, logger);
    }

    /// <summary>Begins to answer a request; false when it is for the gate's own pages and may see them.</summary>
    public bool TryHandle(HttpContext context, Lane lane, out Task answer)
    {
        var route = Resolve(context, lane);
        if (route.Kind == RouteKind.Proxy && Methods.Contains(context.Request.Method))
        {
            answer = ProxyAsync(context, lane, route);
            return true;
        }

        if (Judge(context, lane, route) is not { } problem)
        {
            answer = Task.CompletedTask;
            return false;
        }

        answer = _problems.WriteAsync(context, problem, route.Provider);
        return true;
    }

    private Problem? Judge(HttpContext context, Lane lane, in Route route)
    {
        if (route.Kind == RouteKind.Refused)
        {
            return Refused(route.Verdict);
        }

        if (!Methods.Contains(context.Request.Method))
        {
            return new Problem(ProblemType.MethodUnknown, 501, "GET, HEAD, POST, PUT, PATCH, DELETE and OPTIONS are known.");
        }

        return route.Kind == RouteKind.Own
            ? _admission.CheckOwn(context, lane)
            : new Problem(ProblemType.NotFound, 404, "There is no provider of that name; GET /api/v1/gate/providers lists them.");
    }

    private Route Resolve(HttpContext context, Lane lane)
    {
        var raw = context.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget;
        var catalogue = _engine.Catalogue;
        if (!ReferenceEquals(lane.Catalogue, catalogue) || !string.Equals(lane.RawTarget, raw, StringComparison.Ordinal))
        {
            lane.Route = _routes.Resolve(raw, lane.Listener, catalogue);
            lane.Catalogue = catalogue;
            lane.RawTarget = raw;
            lane.Plan = null;
        }

        return lane.Route;
    }

    private Task ProxyAsync(HttpContext context, Lane lane, in Route route)
    {
        var provider = route.Provider!;
        if (_admission.CheckProxy(context, lane, route) is { } refused)
        {
            return _problems.WriteAsync(context, refused, provider);
        }

        var requestId = _engine.NextRequestId();
        context.Response.Headers["Headgate-Request-Id"] = SmallNumbers.Text(requestId);
        var exchange = new Exchange(context, lane, provider, requestId, _demands.ErrorsFor(context, lane));
        try
        {
            var asked = _demands.Read(exchange, route.Target);
            if (asked.Problem is { } problem)
            {
                return _problems.WriteAsync(exchange, problem, cacheStatus: null);
            }

            if (asked.IsInjected && _admission.CheckInjected(context) is { } foreign)
            {
                return _problems.WriteAsync(exchange, foreign, cacheStatus: null);
            }

            if (!asked.IsSafeRead)
            {
                return ForwardAsync(exchange, asked);
            }

            if (_engine.TryFetch(asked.Demand!, out var hit))
            {
                return AnswerAsync(exchange, hit, asked.Demand!);
            }

            return FetchAsync(exchange, asked);
        }
        catch (Exception error)
        {
            return FailAsync(exchange, error);
        }
    }

    private async Task FetchAsync(Exchange exchange, Asked asked)
    {
        await PoolHop.Run();
        try
        {
            var demand = _demands.Full(exchange, asked, body: default, hasBody: false);
            var result = await _engine.FetchAsync(demand, exchange.Context.RequestAborted);
            await AnswerAsync(exchange, result, demand);
        }
        catch (Exception error)
        {
            await FailAsync(exchange, error);
        }
    }

    private async Task ForwardAsync(Exchange exchange, Asked asked)
    {
        await PoolHop.Run();
        try
        {
            if (!BodyReader.HasBody(exchange.Context.Request))
            {
                var demand = _demands.Full(exchange, asked, body: default, hasBody: false);
                await AnswerAsync(exchange, await _engine.ForwardAsync(demand, exchange.Context.RequestAborted), demand);
            }
            else if (BodyReader.CheckLength(exchange.Context.Request, BytesMax(asked)) is { } tooLarge)
            {
                await _problems.WriteAsync(exchange, tooLarge, cacheStatus: null);
            }
            else
            {
                await (BodyReader.AsksFirst(exchange.Context.Request) ? UploadPermittedAsync(exchange, asked) : UploadAsync(exchange, asked));
            }
        }
        catch (Exception error)
        {
            await FailAsync(exchange, error);
        }
    }

    /// <summary>The body is read whole before a permit is asked for: a slow client holds nothing back.</summary>
    private async Task UploadAsync(Exchange exchange, Asked asked)
    {
        Widen(exchange.Context, BytesMax(asked));
        var (body, problem) = await BodyReader.ReadAsync(exchange.Context, BytesMax(asked), exchange.Context.RequestAborted);
        if (problem is not null)
        {
            await _problems.WriteAsync(exchange, problem, cacheStatus: null);
            return;
        }

        var demand = _demands.Full(exchange, asked, body, hasBody: true);
        await AnswerAsync(exchange, await _engine.ForwardAsync(demand, exchange.Context.RequestAborted), demand);
    }

    /// <summary>A client that asks first sends its body only once a permit is held for it, and must then be quick about it (ADR 007).</summary>
    private async Task UploadPermittedAsync(Exchange exchange, Asked asked)
    {
        var left = exchange.Context.RequestAborted;
        var asking = _demands.Full(exchange, asked, body: default, hasBody: false);
        using var permit = await _engine.ReserveAsync(asking, left);
        if (permit.Refused is { } refused)
        {
            await AnswerAsync(exchange, refused, asking);
            return;
        }

        var (body, problem) = await ReadInTimeAsync(exchange, BytesMax(asked));
        if (problem is not null)
        {
            // Others wait for the permit; they need not wait for this client to hear the news.
            permit.Dispose();
            await _problems.WriteAsync(exchange, problem, cacheStatus: null);
            return;
        }

        var demand = _demands.Full(exchange, asked, body, hasBody: true);
        await AnswerAsync(exchange, await permit.SendAsync(demand, left), demand);
    }

    private async Task<(ReadOnlyMemory<byte> Body, Problem? Problem)> ReadInTimeAsync(Exchange exchange, int bytesMax)
    {
        var context = exchange.Context;
        using var tooSlow = new CancellationTokenSource(_options.UploadMax, _engine.Clock.Time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(tooSlow.Token, context.RequestAborted);
        try
        {
            Widen(context, bytesMax);
            return await BodyReader.ReadAsync(context, bytesMax, either.Token);
        }
        catch (OperationCanceledException) when (tooSlow.IsCancellationRequested && !context.RequestAborted.IsCancellationRequested)
        {
            context.Response.Headers.Connection = "close";
            return (default, new Problem(
                ProblemType.BodyTooSlow, StatusCodes.Status408RequestTimeout, $"The body was not complete {_options.UploadMax.TotalSeconds:0.###} s after the 100 (Continue); nothing was sent and its permit was given back."));
        }
    }

    private int BytesMax(in Asked asked) => (int)Math.Max(_options.BodyBytesMax, asked.Demand!.Plan.Endpoint.Content?.BytesMax ?? 0);

    // A definition that takes larger bodies than the edge by itself does says how large.
    private void Widen(HttpContext context, int bytesMax)
    {
        if (bytesMax > _options.BodyBytesMax && context.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } size)
        {
            size.MaxRequestBodySize = bytesMax;
        }
    }

    private Task AnswerAsync(in Exchange exchange, in FetchResult result, Demand demand)
    {
        switch (result.Kind)
        {
            case FetchKind.Passed:
                return _passed.WriteAsync(exchange, result);
            case FetchKind.Refused:
                var problem = Problem.Of(result.Refusal!);
                RateLimitFields.Write(exchange.Context.Response.Headers, result.Limit);
                return _problems.WriteAsync(exchange, problem, CacheStatus.OfRefusal(result, problem.Type));
            case var _ when demand.Plan.Endpoint is { Freshness.IsOrigin: true, Batch: null }:
                return _originAnswers.WriteAsync(exchange, result, isStored: !demand.Freshness.NoStore);
            default:
                TellDelayed(exchange, result, demand);
                var written = _answers.WriteAsync(exchange, result, isStored: !demand.Freshness.NoStore);
                // The slow path has copied what it still needs.
                result.Return();
                return written;
        }
    }

    // Symbols and ids, but an upstream's all the same: what could break a header line is not written.
    private static void TellDelayed(in Exchange exchange, in FetchResult result, Demand demand)
    {
        var delayed = DelayedItems.In(result, demand.Plan.Endpoint.Batch);
        if (delayed.Count > 0)
        {
            exchange.Context.Response.Headers["Headgate-Item-Delayed"] = string.Join(", ", delayed.Where(static name => name.AsSpan().IndexOfAnyExceptInRange('!', '~') < 0));
        }
    }

    /// <summary>The boundary of a request: what nobody expected becomes a 500, or an aborted connection when the answer has begun.</summary>
    private async Task FailAsync(Exchange exchange, Exception error)
    {
        var context = exchange.Context;
        if (context.RequestAborted.IsCancellationRequested)
        {
            // The client left; nobody reads an answer.
            context.Abort();
            return;
        }

        Log.RequestFailed(_logger, exchange.RequestId, exchange.Provider.Name, error);
        if (context.Response.HasStarted)
        {
            context.Abort();
            return;
        }

        context.Response.Clear();
        await _problems.WriteAsync(exchange, new Problem(ProblemType.Internal, 500, "The gate failed; its log names this request."), cacheStatus: null);
    }

    private Problem Refused(TargetVerdict verdict) => verdict switch
    {
        TargetVerdict.NotOriginForm => new Problem(ProblemType.HostileTarget, 400, "The target must be a path: this is not a forward proxy."),
        TargetVerdict.HostilePath => new Problem(ProblemType.HostileTarget, 400, "The path holds an encoded slash, dot, backslash or control character, a dot segment, or a malformed escape."),
        TargetVerdict.HostileQuery => new Problem(ProblemType.HostileTarget, 400, "The query holds a malformed escape, NUL, a line break or invalid UTF-8."),
        TargetVerdict.PathTooLong => new Problem(ProblemType.TargetTooLong, 414, $"Paths may have up to {_options.PathBytesMax} bytes."),
        _ => new Problem(ProblemType.TargetTooLong, 414, $"Queries may have up to {_options.QueryBytesMax} bytes."),
    };
}
