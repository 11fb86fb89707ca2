using System.Reflection;

namespace Headgate.Markets;

/// <summary>Reads calendar files. The form is described in <c>docs/calendars.md</c>.</summary>
public static class MarketCalendarLoader
{
    /// <summary>Longest text read, in characters; a calendar of a hundred years stays far below.</summary>
    public const int TextLengthMax = 1 << 20;

    private const string ResourcePrefix = "Headgate.Calendars.";

    /// <summary>Reads one file and applies it to a set of calendars.</summary>
    /// <param name="yaml">The file's text.</param>
    /// <param name="fileName">Its name, for error messages.</param>
    /// <param name="basis">
    /// The calendars it extends; none by default. A file for a market of the basis changes only what it states: <c>years</c> entries replace
    /// that year whole, <c>days</c> entries that date, <c>regular</c> all regular hours. A file for another market adds it.
    /// </param>
    /// <returns>The new set, or all errors. The basis is never changed.</returns>
    public static CalendarLoad Load(string yaml, string fileName, MarketCalendars? basis = null)
    {
        basis ??= MarketCalendars.None;
        var errors = new CalendarErrors(fileName);
        var definition = CalendarYaml.Root(yaml, errors) is { } root ? new MarketDefinitionReader(errors, basis).Read(root) : null;
        if (definition is null || errors.Any)
        {
            return new CalendarLoad(null, errors.All);
        }

        MarketDefinitionCheck.Overlaps(definition, errors);
        return errors.Any ? new CalendarLoad(null, errors.All) : new CalendarLoad(basis.With(new MarketCalendar(definition)), []);
    }

    internal static MarketCalendars LoadShipped()
    {
        var assembly = typeof(MarketCalendarLoader).Assembly;
        var calendars = MarketCalendars.None;
        foreach (var name in assembly.GetManifestResourceNames().Where(name => name.StartsWith(ResourcePrefix, StringComparison.Ordinal)).Order(StringComparer.Ordinal))
        {
            var load = Load(Text(assembly, name), name[ResourcePrefix.Length..], calendars);
            calendars = load.Calendars ?? throw new InvalidOperationException(string.Join(Environment.NewLine, load.Errors));
        }

        return calendars;
    }

    private static string Text(Assembly assembly, string name)
    {
        using var reader = new StreamReader(assembly.GetManifestResourceStream(name)!);
        return reader.ReadToEnd();
    }
}
