using Headgate.Catalogue;
using Headgate.Gateway.Configuration;
using Microsoft.AspNetCore.Http;

namespace Headgate.Gateway.Proxy;

/// <summary>Answers with an error of the gate itself.</summary>
internal sealed class ProblemWriter(EngineClock clock)
{
    public Task WriteAsync(in Exchange exchange, Problem problem, string? cacheStatus)
    {
        var isDialect = exchange.Errors == ErrorStyle.Dialect && exchange.Provider.Dialect is not null;
        var body = isDialect
            ? ProblemJson.WriteDialect(problem, exchange.Provider.Dialect!)
            : ProblemJson.Write(problem, exchange.Provider.Dialect, exchange.RequestId);
        return SendAsync(exchange.Context, problem, body, isDialect ? exchange.Provider.Dialect!.ContentType : ProblemJson.ContentType, cacheStatus);
    }

    public Task WriteAsync(HttpContext context, Problem problem, ProviderModel? provider = null) =>
        SendAsync(context, problem, ProblemJson.Write(problem, provider?.Dialect, 0), ProblemJson.ContentType, cacheStatus: null);

    private Task SendAsync(HttpContext context, Problem problem, byte[] body, string contentType, string? cacheStatus)
    {
        var response = context.Response;
        response.StatusCode = problem.Status;
        response.ContentType = contentType;
        // Errors of the gate are about this moment and this asker.
        response.Headers.CacheControl = "no-store";
        if (cacheStatus is not null)
        {
            response.Headers["Cache-Status"] = cacheStatus;
        }

        if (problem.RetryAt is { } retryAt && retryAt != EngineTime.Never)
        {
            response.Headers.RetryAfter = SmallNumbers.Text(Math.Max(1, SmallNumbers.CeilingSeconds(retryAt - clock.Now)));
        }

        if (problem.Status == StatusCodes.Status401Unauthorized)
        {
            response.Headers.WWWAuthenticate = "Bearer realm=\"headgate\"";
        }

        response.ContentLength = body.Length;
        return HttpMethods.IsHead(context.Request.Method) ? Task.CompletedTask : response.Body.WriteAsync(body, context.RequestAborted).AsTask();
    }
}
