using System.Text;
using System.Text.Json;
using Headgate.Gateway.Operations;
using Headgate.Gateway.Proxy;
using Headgate.Reports;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Headgate.Gateway.Api;

/// <summary><c>/api/v1/gate/events</c>: what the engine decides, as server-sent events. A watcher who cannot keep up loses events and is told how many.</summary>
internal static class EventStream
{
    private static readonly TimeSpan Heartbeat = TimeSpan.FromSeconds(15);

    public static async Task WriteAsync(GateOperator gate, HttpContext context)
    {
        using var subscription = gate.Engine.Events.Subscribe();
        if (subscription is null)
        {
            await Problems.Result(new Problem(ProblemType.Overloaded, 503, $"{EngineEvents.SubscribersMax} watch already.")).ExecuteAsync(context);
            return;
        }

        context.Response.ContentType = "text/event-stream";
        context.Response.Headers.CacheControl = "no-store";
        using var end = CancellationTokenSource.CreateLinkedTokenSource(
            context.RequestAborted, gate.Stopping, context.RequestServices.GetRequiredService<IHostApplicationLifetime>().ApplicationStopping);
        await WriteAsync(context, ": watching\n\n", end.Token);
        try
        {
            while (true)
            {
                using var beat = CancellationTokenSource.CreateLinkedTokenSource(end.Token);
                beat.CancelAfter(Heartbeat);
                try
                {
                    var (events, lost) = await subscription.ReadAsync(beat.Token);
                    await WriteAsync(context, Text(events, lost), end.Token);
                }
                catch (OperationCanceledException) when (!end.IsCancellationRequested)
                {
                    // Nothing happened: a comment tells both ends that the other is there.
                    await WriteAsync(context, ": still watching\n\n", end.Token);
                }
            }
        }
        catch (OperationCanceledException)
        {
            // The watcher left, or the gate stops.
        }
    }

    private static string Text(IReadOnlyList<EngineEvent> events, long lost)
    {
        var text = new StringBuilder();
        if (lost > 0)
        {
            text.Append("event: lost\ndata: {\"lost\":").Append(lost).Append("}\n\n");
        }

        foreach (var happened in events)
        {
            // One line of JSON: newlines are escaped in it.
            text.Append("event: ").Append(happened.Kind).Append("\ndata: ").Append(JsonSerializer.Serialize(happened, GateJson.Options)).Append("\n\n");
        }

        return text.ToString();
    }

    private static async Task WriteAsync(HttpContext context, string text, CancellationToken cancellation)
    {
        await context.Response.WriteAsync(text, cancellation);
        await context.Response.Body.FlushAsync(cancellation);
    }
}
