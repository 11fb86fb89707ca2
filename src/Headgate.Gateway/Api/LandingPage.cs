using System.Text;
using Headgate.Catalogue;
using Microsoft.AspNetCore.Http;

namespace Headgate.Gateway.Api;

/// <summary><c>/</c>: what this is and the first thing to try, for people and for scripts that wait for the gate.</summary>
internal static class LandingPage
{
    public static bool IsAsked(HttpContext context) =>
        context.Request.Path == "/" && (HttpMethods.IsGet(context.Request.Method) || HttpMethods.IsHead(context.Request.Method));

    public static Task WriteAsync(HttpContext context, CatalogueModel catalogue)
    {
        var address = $"{context.Request.Scheme}://{context.Request.Host}";
        var example = catalogue.Find("coinbase") is null ? catalogue.Providers.Keys.Order(StringComparer.Ordinal).FirstOrDefault() ?? "provider" : "coinbase";
        var path = example is "coinbase" ? "products/BTC-USD/ticker" : "";
        var isHtml = context.Request.Headers.Accept.ToString().Contains("text/html", StringComparison.OrdinalIgnoreCase);
        var text = $"""
            Headgate: one gate between your bots and rate-limited market-data APIs.

            Change the base URL of a client, keep everything else:
              curl -i {address}/{example}/{path}

            Providers:  {string.Join(' ', catalogue.Providers.Keys.Order(StringComparer.Ordinal))}
            Budgets:    {address}/api/v1/gate/budgets
            Counts:     {address}/api/v1/gate/stats
            Metrics:    {address}/metrics

            """;
        context.Response.ContentType = isHtml ? "text/html; charset=utf-8" : "text/plain; charset=utf-8";
        var body = Encoding.UTF8.GetBytes(isHtml ? Html(text) : text);
        context.Response.ContentLength = body.Length;
        return HttpMethods.IsHead(context.Request.Method) ? Task.CompletedTask : context.Response.Body.WriteAsync(body, context.RequestAborted).AsTask();
    }

    private static string Html(string text) =>
        $"<!doctype html><html lang=en><meta charset=utf-8><title>Headgate</title><body style=\"font:16px/1.5 monospace;margin:3em\"><pre>{System.Net.WebUtility.HtmlEncode(text)}</pre>";
}
