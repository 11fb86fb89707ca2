using System.Net;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;

namespace Headgate.Benchmarks.Http;

/// <summary>What all three servers stand before: one small body, one large, and quotes by instrument. Counts its calls.</summary>
internal sealed class BenchUpstream : IAsyncDisposable
{
    private static readonly byte[] Small = Encoding.ASCII.GetBytes("{\"last_price\":63.80,\"pad\":\"" + new string('x', 500 - 29) + "\"}");
    private static readonly byte[] Large = Encoding.ASCII.GetBytes("{\"last_price\":63.80,\"pad\":\"" + new string('x', (100 << 10) - 29) + "\"}");

    private readonly WebApplication _application;
    private long _calls;

    private BenchUpstream(WebApplication application) => _application = application;

    public long Calls => Interlocked.Read(ref _calls);

    public static async Task<BenchUpstream> StartAsync(int port)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel =>
        {
            kestrel.Listen(IPAddress.Loopback, port);
            kestrel.Limits.MaxRequestLineSize = 64 << 10;
        });
        var application = builder.Build();
        var upstream = new BenchUpstream(application);
        application.Run(upstream.AnswerAsync);
        await application.StartAsync();
        return upstream;
    }

    public ValueTask DisposeAsync() => _application.DisposeAsync();

    private async Task AnswerAsync(HttpContext context)
    {
        Interlocked.Increment(ref _calls);
        var path = context.Request.Path.Value!;
        var body = path.EndsWith("/quote", StringComparison.Ordinal) ? Quotes(context.Request.Query["i"]) : path.EndsWith("/large", StringComparison.Ordinal) ? Large : Small;
        context.Response.ContentType = "application/json";
        context.Response.ContentLength = body.Length;
        await context.Response.Body.WriteAsync(body);
    }

    private static byte[] Quotes(IReadOnlyList<string?> items)
    {
        var text = new StringBuilder("{\"status\":\"success\",\"data\":{");
        foreach (var item in items)
        {
            text.Append(text[^1] == '{' ? "" : ",").Append('"').Append(item).Append("\":{\"instrument_token\":408065,\"last_price\":63.80,\"ohlc\":{\"open\":1402.0,\"high\":1417.9,\"low\":1391.2,\"close\":1400.1}}");
        }

        return Encoding.ASCII.GetBytes(text.Append("}}").ToString());
    }
}
