namespace Headgate.Simulation;

/// <summary>Design §1.4: nothing older than the caller's ceiling is a success, ages are told truly, and stale answers are told as stale.</summary>
internal sealed class NeverStalerThanAsked(SoakScene scene) : IInvariant
{
    // The monotonic clock's resolution is a third of a microsecond; a few readings add up.
    private static readonly long Tolerance = TimeSpan.FromMicroseconds(2).Ticks;

    public string Name => "never staler than asked";

    public void Answered(SoakAnswer answer)
    {
        long oldest = long.MinValue;
        foreach (var item in answer.Items)
        {
            if (item.IsNegative || NeverWrongData.Find(scene, answer.Ask, item.Text) is not { } saying)
            {
                continue;
            }

            oldest = Math.Max(oldest, answer.AnsweredAt - saying.SentAt);
            Check(answer, item, saying);
        }

        // Negative entries bring no bytes to trace; their age may be the oldest.
        if (oldest != long.MinValue && answer.Age.Ticks < oldest - Tolerance)
        {
            scene.Fail(this, $"{answer.Ask} was told an age of {answer.Age.TotalSeconds} s and the oldest item is {SoakScene.Seconds(oldest)} old");
        }

        if (answer.Ask.Freshness.OnlyIfCached && answer.Forwarded)
        {
            scene.Fail(this, $"{answer.Ask} was forwarded");
        }
    }

    private void Check(SoakAnswer answer, ServedItem item, Saying saying)
    {
        var ask = answer.Ask;
        var freshness = ask.Freshness;
        if (ask.SinceAtMost is { } since)
        {
            if (ask.AskedAt - saying.SentAt > since.Ticks + Tolerance)
            {
                scene.Fail(this, $"{ask} got {item.Id} sent {SoakScene.Seconds(ask.AskedAt - saying.SentAt)} before the ask; at most {since.TotalSeconds} s were allowed");
            }

            return;
        }

        var (ttl, ceiling) = Of(ask);
        if (IsAfterClose(ask, saying))
        {
            // Fresh until the next open by the definition, so that only the client's own bound can make it stale.
            ttl = ceiling = TimeSpan.FromDays(1);
        }

        var bound = freshness.ProfileTtl ?? ttl;
        bound = freshness.MaxAge is { } maxAge && maxAge < bound ? maxAge : bound;
        var ageAtAsk = ask.AskedAt - saying.SentAt;
        var ageNow = answer.AnsweredAt - saying.SentAt;
        var allowed = answer.Kind switch
        {
            FetchKind.Hit => bound - (freshness.MinFresh ?? TimeSpan.Zero),
            // What joins a call under way takes its answer, as old as that call; a stated bound holds all the same.
            FetchKind.Fetched => freshness.MaxAge ?? Longer(bound, ceiling),
            _ => Stale(freshness, bound, ceiling),
        };
        if (ageAtAsk > allowed.Ticks + Tolerance)
        {
            scene.Fail(this, $"{ask} got {answer.Kind} {item.Id} of age {SoakScene.Seconds(ageAtAsk)} at the ask where {allowed.TotalSeconds} s is allowed");
        }

        // The ceiling counts when the answer is given, however long it was waited for; what was fetched for the demand is as old as its call.
        if (answer.Kind == FetchKind.Stale && ageAtAsk > bound.Ticks && ageNow > Math.Max(ceiling.Ticks, bound.Ticks) + Tolerance)
        {
            scene.Fail(this, $"{ask} got {answer.Kind} {item.Id} of age {SoakScene.Seconds(ageNow)} and the ceiling is {ceiling.TotalSeconds} s");
        }
    }

    private bool IsAfterClose(SoakAsk ask, Saying saying) =>
        scene.Plan.ClosesAfter is { } closes && ask.Items.Count > 0 && saying.SentAt >= closes.Ticks;

    private static TimeSpan Stale(in Freshness freshness, TimeSpan bound, TimeSpan ceiling)
    {
        if (freshness.MaxAge == TimeSpan.Zero)
        {
            return TimeSpan.MinValue + TimeSpan.FromDays(1);
        }

        if (freshness.MaxAge is null && freshness.MaxStale is null)
        {
            return freshness.ProfileStale is { } profile && profile < ceiling ? Longer(profile, bound + (freshness.StaleIfError ?? TimeSpan.Zero)) : ceiling;
        }

        var allowance = Longer(freshness.MaxStale ?? TimeSpan.Zero, freshness.StaleIfError ?? TimeSpan.Zero);
        return allowance >= ceiling - bound ? Longer(ceiling, bound) : bound + allowance;
    }

    private static TimeSpan Longer(TimeSpan left, TimeSpan right) => left > right ? left : right;

    private static (TimeSpan Ttl, TimeSpan Ceiling) Of(SoakAsk ask) => ask.Path switch
    {
        "/portfolio" => (TimeSpan.FromSeconds(2), TimeSpan.FromSeconds(20)),
        var path when path.StartsWith("/bars", StringComparison.Ordinal) => (TimeSpan.FromSeconds(5), TimeSpan.FromSeconds(50)),
        _ => (TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(30)),
    };
}
