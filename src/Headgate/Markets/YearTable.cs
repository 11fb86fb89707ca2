namespace Headgate.Markets;

/// <summary>The sessions that open in one local year, as arrays to search. Immutable.</summary>
internal sealed class YearTable
{
    public required int Year { get; init; }

    /// <summary>UTC ticks at which the local year ends.</summary>
    public required long EndTicks { get; init; }

    /// <summary>An instant from here on that this table answers deserves a warning; <see cref="long.MaxValue"/> when all is well.</summary>
    public required long WarnFromTicks { get; init; }

    /// <summary>Opens of all parts in UTC ticks, ascending.</summary>
    public required long[] Opens { get; init; }

    /// <summary>Closes of all parts in UTC ticks, ascending; part n ends at or before part n + 1 begins.</summary>
    public required long[] Closes { get; init; }

    /// <summary>The session each part belongs to.</summary>
    public required Session[] SessionOfPart { get; init; }

    /// <summary>The session of each day of the year (index day of year - 1), null when closed.</summary>
    public required Session?[] SessionOfDay { get; init; }

    /// <summary>Index of the first part that closes after an instant; the number of parts when none does.</summary>
    public int FirstClosingAfter(long ticks)
    {
        int low = 0, high = Closes.Length;
        while (low < high)
        {
            var middle = (low + high) >>> 1;
            if (Closes[middle] > ticks)
            {
                high = middle;
            }
            else
            {
                low = middle + 1;
            }
        }

        return low;
    }
}
