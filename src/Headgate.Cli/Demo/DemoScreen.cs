using System.Text.Json;
using Headgate.Cli.Output;
using Headgate.Reports;
using Spectre.Console;

namespace Headgate.Cli.Demo;

/// <summary>Shows the figures as they grow: a live table on a terminal, else one line every few seconds, plain or as JSON.</summary>
internal sealed class DemoScreen(Func<IReadOnlyList<EndpointStats>> stats, Func<long> violations, TimeProvider time, bool json)
{
    private static readonly TimeSpan LiveEvery = TimeSpan.FromMilliseconds(500);

    // Seldom enough for a log file, often enough to see that it runs.
    private static readonly TimeSpan PlainEvery = TimeSpan.FromSeconds(5);

    // Columns at which every figure has its room.
    private const int WideFrom = 110;

    public async Task RunAsync(IAnsiConsole console, TextWriter plain, CancellationToken cancellation)
    {
        try
        {
            if (console.Profile.Out.IsTerminal && !json)
            {
                await console.Live(Table(console)).StartAsync(live => EveryAsync(LiveEvery, () => live.UpdateTarget(Table(console)), cancellation));
            }
            else
            {
                await EveryAsync(PlainEvery, () => plain.WriteLine(json ? Json(Figures()) : Line(Figures())), cancellation);
            }
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            // The demo ends.
        }
    }

    public static string Line(DemoFigures figures) =>
        $"asked {figures.Asked}, hits {figures.Hits}, joined {figures.Joined}, calls made {figures.Calls}, direct calls {figures.Direct}, "
        + $"saved {figures.Saved} ({Plain.Share(figures.Saved, figures.Direct)}), violations {figures.Violations}, oldest answer {Plain.Span(figures.Oldest)}";

    /// <summary>The same by name; ages in seconds, as in the gate's own API.</summary>
    public static string Json(DemoFigures figures) => JsonSerializer.Serialize(new
    {
        asked = figures.Asked,
        hits = figures.Hits,
        joined = figures.Joined,
        calls = figures.Calls,
        direct = figures.Direct,
        saved = figures.Saved,
        violations = figures.Violations,
        oldestServed = Math.Round((decimal)figures.Oldest.Ticks / TimeSpan.TicksPerSecond, 3),
    });

    private DemoFigures Figures() => DemoFigures.Of(stats(), violations());

    private async Task EveryAsync(TimeSpan interval, Action show, CancellationToken cancellation)
    {
        using var timer = new PeriodicTimer(interval, time);
        while (await timer.WaitForNextTickAsync(cancellation))
        {
            show();
        }
    }

    private Table Table(IAnsiConsole console)
    {
        var endpoints = stats();
        var table = new Table().RoundedBorder().Title("Headgate demo: press Ctrl+C to stop");
        var isWide = console.Profile.Width >= WideFrom;
        string[] figures = isWide ? ["asked", "hits", "joined", "calls made", "direct calls", "saved", "oldest answer"] : ["asked", "hits", "joined", "calls", "saved", "oldest"];
        table.AddColumn(new TableColumn("endpoint").NoWrap());
        foreach (var figure in figures)
        {
            table.AddColumn(new TableColumn(figure).RightAligned().NoWrap());
        }

        foreach (var endpoint in endpoints.OrderBy(endpoint => endpoint.Endpoint, StringComparer.Ordinal))
        {
            AddRow(table, endpoint.Endpoint, DemoFigures.Of([endpoint], 0), isWide);
        }

        var sum = DemoFigures.Of(endpoints, violations());
        table.AddEmptyRow();
        AddRow(table, "all", sum, isWide);
        return table.Caption($"asked counts requests, hits and joined the items in them\nlimits broken, as the upstream counted them: {sum.Violations}");
    }

    private static void AddRow(Table table, string name, DemoFigures figures, bool isWide)
    {
        string[] answered = [Markup.Escape(name), $"{figures.Asked}", $"{figures.Hits}", $"{figures.Joined}", $"{figures.Calls}"];
        // Direct calls are those made and those saved: what goes where there is no room for all.
        string[] direct = isWide ? [$"{figures.Direct}"] : [];
        table.AddRow([.. answered, .. direct, $"{figures.Saved} ({Plain.Share(figures.Saved, figures.Direct)})", Plain.Span(figures.Oldest)]);
    }
}
