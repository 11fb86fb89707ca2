namespace Headgate.Markets;

/// <summary>All parts of all sessions of a market in time order, computed a year at a time when first asked for.</summary>
/// <remarks>Thread-safe: two threads may compute the same year, the first result is kept. A warm look-up allocates nothing.</remarks>
internal sealed class Timeline
{
    public const int FirstYear = 1970;
    public const int LastYear = 2199;

    // A part of local year Y closes at most 24 h (overnight) + 12 h (zone west of UTC) into UTC year Y + 1, and opens at most 14 h before
    // UTC year Y. Three days cover both, so a search begun three days aside never starts in the wrong table.
    private const long Aside = 3 * TimeSpan.TicksPerDay;

    private static readonly long Earliest = new DateTime(FirstYear, 1, 1, 0, 0, 0, DateTimeKind.Utc).Ticks;
    private static readonly long Latest = new DateTime(LastYear, 12, 31, 0, 0, 0, DateTimeKind.Utc).Ticks;

    private readonly MarketDefinition _definition;
    private readonly YearTable?[] _years = new YearTable?[LastYear - FirstYear + 1];
    private readonly YearTable? _endless;

    public Timeline(MarketDefinition definition)
    {
        _definition = definition;
        _endless = definition.Endless ? YearTableBuilder.Endless() : null;
    }

    public static bool Holds(int year) => year is >= FirstYear and <= LastYear;

    public YearTable Year(int year)
    {
        if (_endless is not null)
        {
            return _endless;
        }

        ref var slot = ref _years[year - FirstYear];
        return Volatile.Read(ref slot) ?? Compute(ref slot, year);
    }

    /// <summary>The table in which a search for an instant begins: no part of an earlier one closes after it.</summary>
    public YearTable Around(long ticks) => Year(new DateTime(Math.Clamp(ticks - Math.Min(ticks, Aside), Earliest, Latest)).Year);

    /// <summary>The table of the local year an instant lies in.</summary>
    public YearTable Containing(long ticks)
    {
        var table = Around(ticks);
        while (ticks >= table.EndTicks && table.Year < LastYear)
        {
            table = Year(table.Year + 1);
        }

        return table;
    }

    /// <summary>The first part that closes after an instant.</summary>
    public PartRef FirstClosingAfter(long ticks)
    {
        if (_endless is not null)
        {
            return new PartRef(_endless, 0);
        }

        for (var table = Around(ticks); ; table = Year(table.Year + 1))
        {
            var index = table.FirstClosingAfter(ticks);
            if (index < table.Closes.Length)
            {
                return new PartRef(table, index);
            }

            if (table.Year == LastYear)
            {
                return default;
            }
        }
    }

    /// <summary>The last part of all, for instants beyond the last year.</summary>
    public PartRef Last()
    {
        var table = Year(LastYear);
        return table.Closes.Length > 0 ? new PartRef(table, table.Closes.Length - 1) : Previous(table, 0);
    }

    public PartRef Next(PartRef part)
    {
        if (_endless is not null)
        {
            return default;
        }

        if (part.Index + 1 < part.Table!.Closes.Length)
        {
            return part with { Index = part.Index + 1 };
        }

        for (var year = part.Table.Year + 1; year <= LastYear; year++)
        {
            var table = Year(year);
            if (table.Closes.Length > 0)
            {
                return new PartRef(table, 0);
            }
        }

        return default;
    }

    public PartRef Previous(PartRef part) => Previous(part.Table!, part.Index);

    private PartRef Previous(YearTable table, int index)
    {
        if (index > 0)
        {
            return new PartRef(table, index - 1);
        }

        if (_endless is not null)
        {
            return default;
        }

        for (var year = table.Year - 1; year >= FirstYear; year--)
        {
            var earlier = Year(year);
            if (earlier.Closes.Length > 0)
            {
                return new PartRef(earlier, earlier.Closes.Length - 1);
            }
        }

        return default;
    }

    private YearTable Compute(ref YearTable? slot, int year)
    {
        var computed = YearTableBuilder.Build(_definition, year);
        return Interlocked.CompareExchange(ref slot, computed, null) ?? computed;
    }
}
