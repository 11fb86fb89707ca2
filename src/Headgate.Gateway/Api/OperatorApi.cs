using System.Text.Json;
using Headgate.Caching;
using Headgate.Catalogue;
using Headgate.Dispatch;
using Headgate.Gateway.Operations;
using Headgate.Gateway.Proxy;
using Headgate.History;
using Headgate.Reports;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Headgate.Gateway.Api;

/// <summary>The operator's part of <c>/api/v1/gate</c>: the cache, savings, modes and events.</summary>
internal static class OperatorApi
{
    private const int ListMax = 10_000;
    private const int DaysMax = 400;

    public static void Map(IEndpointRouteBuilder routes, GateOperator gate)
    {
        var api = routes.MapGroup("/api/v1/gate").WithTags("gate");
        api.MapGet("/cache", (string? scope, string? item, string? contains, int? max, CancellationToken cancellation) => ListAsync(gate, scope, item, contains, max, cancellation))
            .Produces<CacheView>().WithSummary("Entries held, newest first, and candle series, by provider or endpoint (scope), exact item, or part of the item's name.");
        api.MapGet("/cache/entry", (string endpoint, string item, CancellationToken cancellation) => ShowAsync(gate, endpoint, item, cancellation))
            .Produces<EntryView>().Produces<SeriesInfoView>().Produces(404).WithSummary("One entry with its body, or one candle series with its rows; what is one account's own is withheld.");
        api.MapGet("/cache/export", (string? scope, string? item, string? contains, HttpContext context) => ExportAsync(gate, Filter(scope, item, contains), context))
            .Produces(200, contentType: "application/x-ndjson").WithSummary("Entries with their bodies as JSON lines.");
        api.MapDelete("/cache", (string? scope, string? item, string? contains, CancellationToken cancellation) => RemoveAsync(gate, scope, item, contains, cancellation))
            .Produces<RemovedView>().Produces(400).Produces(503).WithSummary("Removes entries and candle series; scope=* is all of them.");
        api.MapPost("/cache/prune", (double? olderThanSeconds, CancellationToken cancellation) => PruneAsync(gate, olderThanSeconds, cancellation))
            .Produces<RemovedView>().Produces(400).Produces(503).WithSummary("Removes what may not be served any more (closed candles always may), or what was sent, and series whose newest call was sent, more than so many seconds ago.");
        api.MapPost("/cache/warm", (WarmRequest body, CancellationToken cancellation) => WarmAsync(gate, body, cancellation))
            .Produces<WarmView>().Produces(400).WithSummary("Fetches targets that are not held fresh, at the lowest urgency, with the gate's own secrets or none.");
        api.MapGet("/savings", (int? days, CancellationToken cancellation) => SavingsAsync(gate, days ?? 1, cancellation))
            .Produces<SavingsView>().Produces(400).WithSummary("What was asked, called and saved per day and endpoint; durable.");
        api.MapGet("/mode", () => Json(Modes(gate)))
            .Produces<IReadOnlyList<ModeView>>().WithSummary("Every mode in force: the gate's, each provider's, and those of limits and clients.");
        api.MapPut("/mode", (ModeChange body, CancellationToken cancellation) => SetModeAsync(gate, body, cancellation))
            .Produces<IReadOnlyList<ModeView>>().Produces(400).Produces(404).Produces(503).WithSummary("Sets the mode of a scope, or takes it back with null; survives restarts.");
        api.MapGet("/alerts", () => Json(gate.Engine.Alerts.Select(AlertView.Of).ToList()))
            .Produces<IReadOnlyList<AlertView>>().WithSummary("What only a person can mend, with the remedy: a sign-in that is lost, say.");
        api.MapGet("/events", (HttpContext context, CancellationToken _) => EventStream.WriteAsync(gate, context))
            .Produces(200, contentType: "text/event-stream").WithSummary("Calls, closures, breakers, refusals, alerts and modes as they happen, as server-sent events.");
    }

    private static async Task<IResult> ListAsync(GateOperator gate, string? scope, string? item, string? contains, int? max, CancellationToken cancellation)
    {
        var count = Math.Clamp(max ?? 100, 1, ListMax);
        var found = await gate.Engine.ListEntriesAsync(Filter(scope, item, contains) with { Max = count + 1 }, cancellation);
        var series = await gate.Engine.ListSeriesAsync(SeriesFilter(scope, item, contains) with { Max = count + 1 }, cancellation);
        var now = gate.Engine.Clock.Now;
        return Json(new CacheView(
            [.. found.Take(count).Select(entry => EntryView.Of(entry, now))], [.. series.Take(count).Select(SeriesInfoView.Of)], found.Count > count || series.Count > count));
    }

    private static async Task<IResult> ShowAsync(GateOperator gate, string endpoint, string item, CancellationToken cancellation)
    {
        var found = await gate.Engine.ListEntriesAsync(new EntryFilter { Scope = endpoint, Item = item, Max = 1 }, cancellation);
        if (found.Count > 0 && await gate.Engine.FindEntryAsync(found[0].Key, cancellation) is { } entry)
        {
            return Json(EntryView.WithBody(entry, gate.Engine.Clock.Now));
        }

        var series = await gate.Engine.ListSeriesAsync(new HistoryFilter { Scope = endpoint, Name = item, Max = 1 }, cancellation);
        return series.Count > 0
            ? Json(await WithRowsAsync(gate, series[0], cancellation))
            : Problems.Result(new Problem(ProblemType.NotFound, 404, "No entry or series of that endpoint and item is held; GET /api/v1/gate/cache lists what is."));
    }

    /// <summary>With its rows. An account's own are nobody else's to read, the operator's neither.</summary>
    private static async Task<SeriesInfoView> WithRowsAsync(GateOperator gate, HistoryInfo series, CancellationToken cancellation)
    {
        var view = SeriesInfoView.Of(series);
        return series.Series.Owner.IsNone
            ? view with { Body = string.Join('\n', (await gate.Engine.FindSeriesAsync(series.Series, cancellation) ?? []).Select(row => System.Text.Encoding.UTF8.GetString(row.Text.Span))) }
            : view with { Withheld = "It belongs to one account." };
    }

    private static async Task ExportAsync(GateOperator gate, EntryFilter filter, HttpContext context)
    {
        context.Response.ContentType = "application/x-ndjson; charset=utf-8";
        var keys = await gate.Engine.ListEntriesAsync(filter with { Max = 1_000_000 }, context.RequestAborted);
        foreach (var info in keys)
        {
            if (await gate.Engine.FindEntryAsync(info.Key, context.RequestAborted) is { } entry)
            {
                await context.Response.Body.WriteAsync(
                    (byte[])[.. JsonSerializer.SerializeToUtf8Bytes(EntryView.WithBody(entry, gate.Engine.Clock.Now), GateJson.Options), (byte)'\n'], context.RequestAborted);
            }
        }
    }

    private static Task<IResult> RemoveAsync(GateOperator gate, string? scope, string? item, string? contains, CancellationToken cancellation) =>
        scope is null
            ? Task.FromResult(Bad("Name a provider or an endpoint as scope; scope=* removes everything."))
            : RemoveAsync(gate, Filter(scope, item, contains), SeriesFilter(scope, item, contains), cancellation);

    private static Task<IResult> PruneAsync(GateOperator gate, double? olderThanSeconds, CancellationToken cancellation)
    {
        var now = gate.Engine.Clock.Now;
        return olderThanSeconds switch
        {
            null => RemoveAsync(gate, new EntryFilter { UselessAt = now }, null, cancellation),
            >= 0 and <= 1e9 and var seconds => RemoveAsync(
                gate, new EntryFilter { SentBefore = now - TimeSpan.FromSeconds(seconds) }, new HistoryFilter { SentBefore = now - TimeSpan.FromSeconds(seconds) }, cancellation),
            _ => Task.FromResult(Bad("olderThanSeconds is a number of seconds, 0 or more.")),
        };
    }

    private static async Task<IResult> RemoveAsync(GateOperator gate, EntryFilter filter, HistoryFilter? series, CancellationToken cancellation)
    {
        try
        {
            return Json(new RemovedView(await gate.Engine.RemoveEntriesAsync(filter, cancellation), series is null ? 0 : await gate.Engine.RemoveSeriesAsync(series, cancellation)));
        }
        catch (IOException problem)
        {
            return Unwritable(problem);
        }
    }

    private static async Task<IResult> WarmAsync(GateOperator gate, WarmRequest body, CancellationToken cancellation) =>
        body.Targets is { Count: > 0 and <= CacheWarmer.TargetsMax } targets
            ? Json(new WarmView(await gate.Warmer.WarmAsync(targets, cancellation)))
            : Bad($"targets holds 1 to {CacheWarmer.TargetsMax} targets, as kite/quote?i=NSE:INFY.");

    private static async Task<IResult> SavingsAsync(GateOperator gate, int days, CancellationToken cancellation)
    {
        if (days is < 1 or > DaysMax)
        {
            return Bad($"days is 1 to {DaysMax}.");
        }

        try
        {
            await gate.Savings.FlushAsync(cancellation);
        }
        catch (IOException)
        {
            // What is durable is told; what is not follows with the next flush.
        }

        var daily = await gate.Savings.ReadAsync(days, cancellation);
        return Json(new SavingsView(
            days, daily.Sum(day => day.Asked), daily.Sum(day => day.Direct), daily.Sum(day => day.Calls), daily.Sum(day => day.Hits), daily.Sum(day => day.Stale),
            daily.Sum(day => day.Saved), daily,
            ProviderCost.Of(gate.Engine.Catalogue, daily.Select(day => (day.Endpoint, day.Calls, day.Credits, day.Direct, day.DirectCredits)))));
    }

    private static List<ModeView> Modes(GateOperator gate)
    {
        var set = gate.Engine.Modes.All;
        var views = set.Select(pair => new ModeView(pair.Key.ToString(), ModeStore.Name(pair.Value), "run time")).ToList();
        if (!set.Any(pair => pair.Key.Kind == ModeScopeKind.Gate))
        {
            views.Insert(0, new ModeView("gate", "on", "catalogue"));
        }

        views.AddRange(gate.Engine.Catalogue.Providers.Values.OrderBy(provider => provider.Name, StringComparer.Ordinal)
            .Select(provider => new ModeView($"provider/{provider.Name}", ModeStore.Name(provider.Mode), "catalogue"))
            .Where(view => !views.Exists(other => string.Equals(other.Scope, view.Scope, StringComparison.Ordinal))));
        return views;
    }

    private static async Task<IResult> SetModeAsync(GateOperator gate, ModeChange change, CancellationToken cancellation)
    {
        if (ModeScope.Parse(change.Scope ?? "") is not { } scope)
        {
            return Bad("scope is gate, provider/NAME, limit/PROVIDER.LIMIT or client/NAME.");
        }

        if (change.Mode is not null && ModeStore.Parse(change.Mode) is null)
        {
            return Bad("mode is on, shadow or bypass; null takes the scope's mode back.");
        }

        var catalogue = gate.Engine.Catalogue;
        var isKnown = scope.Kind switch
        {
            ModeScopeKind.Provider => catalogue.Find(scope.Name) is not null,
            ModeScopeKind.Limit => catalogue.Providers.Values.Any(provider => provider.Limits.Values.Any(limit => string.Equals(limit.Id, scope.Name, StringComparison.OrdinalIgnoreCase))),
            _ => true,
        };
        if (!isKnown)
        {
            return Problems.Result(new Problem(ProblemType.NotFound, 404, $"There is no {scope}; GET /api/v1/gate/providers lists providers and limits."));
        }

        if (gate.Engine.Modes.All.Count >= ModeStore.ScopesMax && change.Mode is not null)
        {
            return Bad($"{ModeStore.ScopesMax} scopes have a mode of their own already; take some back.");
        }

        try
        {
            await gate.Modes.SetAsync(scope, ModeStore.Parse(change.Mode), cancellation);
            return Json(Modes(gate));
        }
        catch (IOException problem)
        {
            return Unwritable(problem);
        }
    }

    private static EntryFilter Filter(string? scope, string? item, string? contains) =>
        new() { Scope = scope is "*" or "" ? null : scope, Item = item, ItemContains = contains };

    private static HistoryFilter SeriesFilter(string? scope, string? item, string? contains) =>
        new() { Scope = scope is "*" or "" ? null : scope, Name = item, NameContains = contains };

    private static IResult Json<T>(T value) => Results.Json(value, GateJson.Options);

    private static IResult Bad(string detail) => Problems.Result(new Problem(ProblemType.BadRequest, 400, detail));

    private static IResult Unwritable(IOException problem) =>
        Problems.Result(new Problem(ProblemType.StoreUnwritable, 503, $"It could not be made durable: {problem.Message}"));
}
