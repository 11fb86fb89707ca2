using Microsoft.Extensions.Configuration;

namespace Headgate.Desk.Fleet;

/// <summary>The fleet in service: configuration section <c>desk:fleet</c>. What is not stated has its default.</summary>
/// <param name="Options">The fleet.</param>
/// <param name="PaperDollars">What the paper account holds at first; null takes what the account of the key has, without a key 10,000.</param>
public sealed record FleetSettings(FleetOptions Options, decimal? PaperDollars)
{
    private const string Section = "desk:fleet";

    /// <summary>Reads the section.</summary>
    /// <exception cref="FormatException">A value cannot be read or is out of its range; the message names each.</exception>
    public static FleetSettings From(IConfiguration configuration)
    {
        var section = configuration.GetSection(Section);
        FleetOptions options;
        decimal? dollars;
        try
        {
            options = section.Get<FleetOptions>() ?? new FleetOptions();
            dollars = section.GetValue<decimal?>("paperDollars");
        }
        catch (InvalidOperationException error)
        {
            throw new FormatException($"The section {Section} cannot be read: {error.InnerException?.Message ?? error.Message} {error.Message}", error);
        }

        // Bound lists would be added to the defaults.
        var settings = new FleetSettings(options with { Pairs = ListOf(section, "pairs") ?? new FleetOptions().Pairs, Stopped = ListOf(section, "stopped") ?? [] }, dollars);
        // The binder leaves out modes it cannot read.
        var faults = section.GetSection("modes").GetChildren().Where(mode => !options.Modes.ContainsKey(mode.Key))
            .Select(static mode => $"desk:fleet:modes:{mode.Key} is '{mode.Value}'; expected on, shadow or bypass.")
            .Concat(FleetRules.Faults(settings)).ToList();
        return faults.Count == 0 ? settings : throw new FormatException(string.Join(Environment.NewLine, faults));
    }

    // A list, or one text with commas, as a variable takes it.
    private static IReadOnlyList<string>? ListOf(IConfigurationSection section, string name)
    {
        var list = section.GetSection(name);
        return list.Value is { Length: > 0 } text
            ? text.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
            : list.GetChildren().ToList() is { Count: > 0 } rows ? [.. rows.Select(static row => row.Value ?? "")] : null;
    }
}
