using System.Text;
using System.Text.RegularExpressions;
using Headgate.Catalogue;
using Microsoft.AspNetCore.Http;

namespace Headgate.Gateway.Api;

/// <summary><c>/</c>: what this is and the first thing to try, for people and for scripts that wait for the gate.</summary>
internal static partial class LandingPage
{
    public static bool IsAsked(HttpContext context) =>
        context.Request.Path == "/" && (HttpMethods.IsGet(context.Request.Method) || HttpMethods.IsHead(context.Request.Method));

    public static Task WriteAsync(HttpContext context, CatalogueModel catalogue)
    {
        var address = $"{context.Request.Scheme}://{context.Request.Host}";
        var isHtml = context.Request.Headers.Accept.ToString().Contains("text/html", StringComparison.OrdinalIgnoreCase);
        var text = $"""
            Headgate: one gate between your bots and rate-limited market-data APIs.

            Change the base URL of a client, keep everything else:
              curl -i {Example(address, catalogue)}

            Providers:  {string.Join(' ', catalogue.Providers.Keys.Order(StringComparer.Ordinal))}
            API:        {address}/docs
            Budgets:    {address}/api/v1/gate/budgets
            Counts:     {address}/api/v1/gate/stats
            Metrics:    {address}/metrics

            """;
        context.Response.ContentType = isHtml ? "text/html; charset=utf-8" : "text/plain; charset=utf-8";
        var body = Encoding.UTF8.GetBytes(isHtml ? Html(text) : text);
        context.Response.ContentLength = body.Length;
        return HttpMethods.IsHead(context.Request.Method) ? Task.CompletedTask : context.Response.Body.WriteAsync(body, context.RequestAborted).AsTask();
    }

    // In a demo Kite Connect is the one that is emulated, and a first try should leave the machine no more than the demo does.
    private static string Example(string address, CatalogueModel catalogue)
    {
        if (catalogue.Find("kite") is { BaseUrl.IsLoopback: true } && catalogue.Find("coinbase") is not { BaseUrl.IsLoopback: true })
        {
            return $"'{address}/kite/quote?i=NSE:INFY'";
        }

        return catalogue.Find("coinbase") is null
            ? $"{address}/{catalogue.Providers.Keys.Order(StringComparer.Ordinal).FirstOrDefault() ?? "provider"}/"
            : $"{address}/coinbase/products/BTC-USD/ticker";
    }

    private static string Html(string text) =>
        "<!doctype html><html lang=en><meta charset=utf-8><meta name=viewport content=\"width=device-width\"><meta name=color-scheme content=\"light dark\"><title>Headgate</title>"
        + $"<body style=\"font:16px/1.5 monospace;margin:1.5em\"><pre style=\"font:inherit;white-space:pre-wrap;overflow-wrap:anywhere\">{Address().Replace(System.Net.WebUtility.HtmlEncode(text), "<a href=\"$0\">$0</a>")}</pre>";

    [GeneratedRegex(@"https?://[^\s&]+(?=\s|&)", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Address();
}
