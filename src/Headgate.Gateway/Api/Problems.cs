using Headgate.Gateway.Proxy;
using Microsoft.AspNetCore.Http;

namespace Headgate.Gateway.Api;

/// <summary>Problems as results of API handlers.</summary>
internal static class Problems
{
    public static IResult Result(Problem problem) => new ProblemResult(problem);

    private sealed class ProblemResult(Problem problem) : IResult
    {
        public Task ExecuteAsync(HttpContext httpContext)
        {
            var body = ProblemJson.Write(problem, dialect: null, requestId: 0);
            httpContext.Response.StatusCode = problem.Status;
            httpContext.Response.ContentType = ProblemJson.ContentType;
            httpContext.Response.ContentLength = body.Length;
            return HttpMethods.IsHead(httpContext.Request.Method) ? Task.CompletedTask : httpContext.Response.Body.WriteAsync(body, httpContext.RequestAborted).AsTask();
        }
    }
}
