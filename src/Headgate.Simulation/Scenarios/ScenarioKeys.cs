using System.Globalization;
using Headgate.Catalogue;

namespace Headgate.Simulation;

/// <summary>Every key a scenario file may have.</summary>
internal static class ScenarioKeys
{
    private static readonly ScalarShape Name = ScalarShape.Text("a name");
    private static readonly ScalarShape Text = ScalarShape.Text("text");

    public static readonly TableShape Client = new("a map with name and every",
        new("name", Name, "What the client calls itself.", true),
        new("count", ScalarShape.Integer(1, 1_000), "So many of them, numbered; default 1."),
        new("credential", Text, "What the client shows in the provider's credential header or query parameter; default the emulated upstream's demo account."),
        new("endpoint", Name, "A batched endpoint of the provider; its items follow."),
        new("items", new ListShape(Text, orSingle: true), "What each round asks."),
        new("target", Text, "Path and query, instead of endpoint and items."),
        new("every", ScalarShape.Duration, "Time between two rounds.", true),
        new("phase", ScalarShape.Duration, "Delay of the first round."),
        new("jitter", ScalarShape.Duration, "Each round comes up to this much later."),
        new("random", ScalarShape.Flag, "Rounds come at random moments, on average that often."),
        new("pick", ScalarShape.Integer(1, 5_000), "So many of the items each round, drawn anew; default all."),
        new("bound", ScalarShape.Duration, "How old answers may be; default the endpoint's own freshness."),
        new("urgency", ScalarShape.Integer(0, 7), "RFC 9218; default 3."),
        new("after", Name, "The client above from whose answer of the same round these asks are computed."),
        new("hours", ScalarShape.Parsed("always, session, or hours such as 09:25-15:25", text => text is "always" or "session" || TryHours(text, out _, out _), ".+"), "When it asks; default always."));

    public static readonly TableShape Scenario = new("a map beginning with scenario",
        new("scenario", Name, "What reports call it.", true),
        new("provider", Name, "The provider asked; one that is emulated.", true),
        new("start", ScalarShape.Parsed("an instant such as 2026-11-20T09:15:00+05:30", text => TryInstant(text, out _), ".+"), "The wall clock at the beginning; hours are read in its offset.", true),
        new("length", ScalarShape.Duration, "How long it lasts.", true),
        new("clients", new ListShape(Client), "Who asks.", true));

    public static bool TryInstant(string text, out DateTimeOffset at) =>
        DateTimeOffset.TryParseExact(text, ["yyyy-MM-dd'T'HH:mm:sszzz", "yyyy-MM-dd'T'HH:mm:ss'Z'", "yyyy-MM-dd'T'HH:mmzzz"], CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out at);

    public static bool TryHours(string text, out TimeSpan from, out TimeSpan to)
    {
        (from, to) = (default, default);
        if (text.Split('-') is not [var first, var last]
            || !TimeOnly.TryParseExact(first, "HH:mm", CultureInfo.InvariantCulture, DateTimeStyles.None, out var open)
            || !TimeOnly.TryParseExact(last, "HH:mm", CultureInfo.InvariantCulture, DateTimeStyles.None, out var close))
        {
            return false;
        }

        (from, to) = (open.ToTimeSpan(), close.ToTimeSpan());
        return from < to;
    }
}
