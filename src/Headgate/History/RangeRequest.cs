using Headgate.Catalogue;

namespace Headgate.History;

/// <summary>A candle request understood: which series, which seconds of it.</summary>
/// <param name="Series">Endpoint, owner, the upstream it comes from, and everything of the target but its bounds and credentials.</param>
/// <param name="Model">How the endpoint writes ranges.</param>
/// <param name="Interval">Bar length and longest span of a call.</param>
/// <param name="Asked">Bars stamped within are the answer; the upstream's inclusive end is the last second of it.</param>
/// <param name="Market">Whose sessions the bars follow, or null.</param>
internal sealed record RangeRequest(ItemKey Series, RangeModel Model, RangeInterval Interval, InstantRange Asked, string? Market)
{
    // Far beyond any market's first and last trading day; arithmetic on what lies within cannot overflow.
    private static readonly InstantRange Sane = new(-4_000_000_000, 8_000_000_000);

    private static readonly TimeSpan OpenDay = TimeSpan.FromMinutes(15);

    /// <summary>Trading days, stamped with a time of their date.</summary>
    public bool IsDay => Interval.Bar >= TimeSpan.FromDays(1);

    /// <summary>
    /// The bar whose close ends the open part's freshness. A daily bar is followed in quarters of an hour: fresh until its close, the first ask of a
    /// morning would be everybody's last word for the day.
    /// </summary>
    public TimeSpan OpenBar => IsDay ? OpenDay : Interval.Bar;

    /// <summary>
    /// Null where the answer is kept whole: no range or no final bars by the definition, an unknown interval, bounds that are absent, named twice,
    /// written in another way or the wrong way round.
    /// </summary>
    public static RangeRequest? TryParse(RequestPlan plan)
    {
        if (plan.Endpoint is not { Range: { } range, Cacheable: true, Freshness.PastIsFinal: true } || plan.Bar is not { } bar || !Targets.IsOrdinary(plan.Target))
        {
            return null;
        }

        var isDay = bar >= TimeSpan.FromDays(1);
        if (Bound(plan.Target, range.From, range, isDay) is not { } from || Bound(plan.Target, range.To, range, isDay) is not { } to)
        {
            return null;
        }

        var asked = new InstantRange(from, to + 1);
        if (asked.IsEmpty || !Sane.Contains(from) || !Sane.Contains(to))
        {
            return null;
        }

        var item = plan.Items[0];
        var interval = range.Intervals.Values.Where(known => known.Bar == bar).MinBy(static known => known.MaxSpan)!;
        return new RangeRequest(item.Key with { Id = $"{plan.Origin} {RangeTargets.Series(item.Key.Id, range)}" }, range, interval, asked, item.Market);
    }

    /// <summary>The plan of a call that asks for a part of it.</summary>
    public RequestPlan PlanOf(RequestPlan plan, InstantRange part)
    {
        var item = plan.Items[0];
        return new RequestPlan
        {
            Provider = plan.Provider,
            Endpoint = plan.Endpoint,
            Identity = plan.Identity,
            Target = part == Asked ? plan.Target : RangeTargets.Rewrite(plan.Target, Model, part),
            SafeTarget = part == Asked ? plan.SafeTarget : RangeTargets.Rewrite(plan.SafeTarget, Model, part),
            Items = [part == Asked ? item : item with { Key = item.Key with { Id = RangeTargets.Rewrite(item.Key.Id, Model, part) } }],
            Bar = plan.Bar,
            Variant = plan.Variant,
            LimitKeys = plan.LimitKeys,
            InjectedHeaders = plan.InjectedHeaders,
            Chunk = this with { Asked = part },
        };
    }

    private static long? Bound(string target, string name, RangeModel range, bool isDay)
    {
        string? text = null;
        foreach (var parameter in new QueryParameters(Targets.Query(target)))
        {
            if (parameter.Is(name) && (text is not null || !parameter.TryValue(out text)))
            {
                return null;
            }
        }

        return text is null ? null : RangeBounds.Read(text, range, isDay);
    }
}
