using System.Text.Json;

namespace Headgate.Cli.Output;

/// <summary>Watches, plan and strategies for people.</summary>
internal static class RefreshTables
{
    public static void Plan(JsonElement answer, TextWriter output)
    {
        var watches = Tables.New("watch", "provider", "items", "wanted", "interval", "stretched");
        var limits = Tables.New("limit", "wanted/min", "carried/min", "stretched");
        foreach (var provider in answer.GetProperty("plan").GetProperty("providers").EnumerateArray())
        {
            var name = provider.GetProperty("provider").GetString();
            output.WriteLine($"{name}: {provider.GetProperty("callsPerMinute")} calls a minute under {Word(provider, "strategy")}");
            foreach (var watch in provider.GetProperty("watches").EnumerateArray())
            {
                Tables.AddRow(
                    watches, watch.GetProperty("watch").GetProperty("name").GetString(), name, watch.GetProperty("items"), Span(watch, "wanted"), Span(watch, "interval"),
                    Stretch(watch) is { } stretched ? $"{stretched} for {watch.GetProperty("stretchedFor").GetString()}" : null);
            }

            foreach (var limit in provider.GetProperty("limits").EnumerateArray())
            {
                Tables.AddRow(limits, limit.GetProperty("limit").GetString(), limit.GetProperty("wantedPerMinute"), limit.GetProperty("carriedPerMinute"), Stretch(limit));
            }
        }

        if (watches.Count == 0)
        {
            output.WriteLine("Nothing is watched; see headgate refresh add --help.");
            return;
        }

        Tables.On(output).Write(watches);
        Tables.On(output).Write(limits);
    }

    public static void Status(JsonElement answer, TextWriter output)
    {
        var status = answer.GetProperty("status");
        output.WriteLine($"strategy {Word(status, "strategy")}{(status.TryGetProperty("pin", out var pin) ? $", pinned to {pin.GetString()}" : "")}");
        var providers = Tables.New("provider", "strategy", "because", "since", "used", "of");
        foreach (var provider in status.GetProperty("providers").EnumerateArray())
        {
            Tables.AddRow(
                providers, provider.GetProperty("provider").GetString(), Word(provider, "strategy"), Word(provider, "because"), Moment(provider, "since"),
                $"{provider.GetProperty("usagePercent")} %", Word(provider, "usageLimit"));
        }

        var watches = Tables.New("watch", "endpoint", "items", "priority", "interval", "due", "last success", "asks", "failed", "waits for, or problem");
        foreach (var watch in status.GetProperty("watches").EnumerateArray())
        {
            Tables.AddRow(
                watches, watch.GetProperty("watch").GetProperty("name").GetString(), Word(watch, "endpoint"), watch.GetProperty("items"), Word(watch.GetProperty("watch"), "priority"),
                Span(watch, "interval"), Moment(watch, "dueAt"), Moment(watch, "lastSuccess"), watch.GetProperty("asks"), watch.GetProperty("failures"), Word(watch, "waiting") ?? Word(watch, "problem"));
        }

        if (watches.Count == 0)
        {
            output.WriteLine("Nothing is watched; see headgate refresh add --help.");
            return;
        }

        Tables.On(output).Write(providers);
        Tables.On(output).Write(watches);
    }

    private static string? Word(JsonElement element, string name) => element.TryGetProperty(name, out var value) ? value.GetString() : null;

    private static string? Moment(JsonElement element, string name) => element.TryGetProperty(name, out var value) ? Plain.Moment(value) : null;

    private static string Span(JsonElement element, string name) => Plain.Span(TimeSpan.FromSeconds(element.GetProperty(name).GetDouble()));

    private static string? Stretch(JsonElement element) => element.GetProperty("stretchPercent").GetInt32() is > 100 and var percent ? $"{percent} %" : null;
}
