using System.Collections.Immutable;
using NodaTime;

namespace Headgate.Markets;

/// <summary>A calendar as written in a file, checked but not yet computed; <see cref="MarketCalendar"/> is what runs.</summary>
internal sealed record MarketDefinition(string Code, string Name, DateTimeZone Zone)
{
    public bool Endless { get; init; }

    /// <summary>Ascending by <see cref="RegularHours.From"/>.</summary>
    public ImmutableArray<RegularHours> Regular { get; init; } = [];

    /// <summary>Years whose exceptions are listed in full.</summary>
    public ImmutableSortedDictionary<int, ImmutableDictionary<LocalDate, DayRule>> Years { get; init; } =
        ImmutableSortedDictionary<int, ImmutableDictionary<LocalDate, DayRule>>.Empty;

    /// <summary>Single dates stated by a user; they win over everything else.</summary>
    public ImmutableSortedDictionary<LocalDate, DayRule> Days { get; init; } = ImmutableSortedDictionary<LocalDate, DayRule>.Empty;

    public bool IsListed(int year) => Endless || Years.ContainsKey(year);

    public bool IsListed(LocalDate date) => IsListed(date.Year) || Days.ContainsKey(date);

    /// <summary>What the files say of a date; null when only the weekly pattern speaks.</summary>
    public DayRule? Exception(LocalDate date)
    {
        if (Days.TryGetValue(date, out var stated))
        {
            return stated;
        }

        return Years.TryGetValue(date.Year, out var year) && year.TryGetValue(date, out var listed) ? listed : null;
    }

    /// <summary>The weekly pattern's hours on a date; empty when it is no trading day of the week.</summary>
    public ImmutableArray<HoursRange> RegularOn(LocalDate date)
    {
        var last = Regular.Length - 1;
        while (last >= 0 && Regular[last].From > date)
        {
            last--;
        }

        for (var i = last; i >= 0 && Regular[i].From == Regular[last].From; i--)
        {
            if (Regular[i].Covers(date.DayOfWeek))
            {
                return Regular[i].Hours;
            }
        }

        return [];
    }
}
