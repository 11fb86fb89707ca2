namespace Headgate.Simulation;

/// <summary>Draws what clients ask, and when.</summary>
internal sealed class SoakDemands(SoakPlan plan, Random random)
{
    private int _number;

    /// <summary>Demands of the faulty phase with their times, in bursts and trickles.</summary>
    public IReadOnlyList<(TimeSpan At, SoakAsk Ask)> Day()
    {
        List<(TimeSpan, SoakAsk)> day = [];
        while (day.Count < plan.Demands)
        {
            var at = TimeSpan.FromTicks(random.NextInt64(plan.Length.Ticks));
            var burst = random.Next(3) == 0 ? 1 + random.Next(12) : 1;
            for (var i = 0; i < burst; i++)
            {
                // A third of a burst falls on the same tick.
                day.Add((at + (random.Next(3) == 0 ? TimeSpan.Zero : TimeSpan.FromMilliseconds(random.Next(400))), Draw()));
            }
        }

        return day;
    }

    /// <summary>One of each class for each good credential, with time to spare.</summary>
    public IEnumerable<IReadOnlyList<SoakAsk>> Liveness()
    {
        foreach (var client in SoakClient.All.Where(client => client.IsValid))
        {
            string[] paths = ["/quote", "/quote/ltp", "/strict", "/bars/T1", "/portfolio", "/orders"];
            foreach (var path in paths)
            {
                List<SoakAsk> together = [Patient(client, "GET", path, path is "/quote" or "/quote/ltp" or "/strict" ? ["S0", "S1"] : [])];
                if (path is "/strict")
                {
                    // Merged with somebody's bad item the good ones must come through all the same.
                    together.Add(Patient(client, "GET", path, ["BAD1"]) with { MustBeServed = false });
                }

                yield return together;
            }

            yield return [Patient(client, "POST", "/orders", []) with { Body = Nonce() }];
        }
    }

    private SoakAsk Patient(SoakClient client, string method, string path, IReadOnlyList<string> items) => new()
    {
        Number = ++_number,
        Client = client,
        Method = method,
        Path = path,
        Items = items,
        Freshness = new Freshness { MaxAge = TimeSpan.Zero },
        Deadline = TimeSpan.FromSeconds(60),
        MustBeServed = true,
    };

    private SoakAsk Draw()
    {
        var budgets = plan.Focus == SoakFocus.Budgets;
        var client = budgets ? SoakClient.All[random.Next(4)] : SoakClient.All[random.Next(10) is var drawn && drawn < 4 ? drawn : random.Next(SoakClient.All.Count)];
        var (method, path) = budgets
            ? ("GET", random.Next(5) switch { 0 => "/strict", 1 => "/quote/ltp", 2 => "/bars/T" + random.Next(5), _ => "/quote" })
            : random.Next(12) switch
            {
                0 or 1 => ("POST", "/orders"),
                2 => ("GET", "/orders"),
                3 => ("GET", "/portfolio"),
                4 => ("GET", "/bars/T" + random.Next(3)),
                5 => ("GET", "/bars/NONE1"),
                6 or 7 => ("GET", "/strict"),
                8 => ("GET", "/quote/ltp"),
                _ => ("GET", "/quote"),
            };
        var number = ++_number;
        return new SoakAsk
        {
            Number = number,
            Client = client,
            Method = method,
            Path = path,
            Items = path is "/quote" or "/quote/ltp" or "/strict" ? Items() : [],
            Freshness = method is "POST" ? default : Bounds(),
            Urgency = Urgency.Of(random.Next(8)),
            SinceAtMost = method is "GET" && random.Next(20) == 0 ? Span(0, 300, 3000) : null,
            Deadline = random.Next(3) switch { 0 => null, 1 => TimeSpan.FromMilliseconds(1 + random.Next(1500)), _ => TimeSpan.FromMilliseconds(random.Next(12_000)) },
            Patience = random.Next(10) == 0 ? TimeSpan.FromMilliseconds(random.Next(3000)) : null,
            Body = method is "POST" ? Nonce() : "",
        };
    }

    private string Nonce() => "order-" + _number.ToString(System.Globalization.CultureInfo.InvariantCulture);

    private List<string> Items()
    {
        List<string> items = [];
        var count = random.Next(4) == 0 ? 1 + random.Next(plan.Items) : 1 + random.Next(3);
        for (var i = 0; i < count; i++)
        {
            var item = random.Next(20) switch { 0 => "NONE1", 1 => "HALF1", 2 => "BAD1", _ => "S" + random.Next(plan.Items) };
            if (!items.Contains(item, StringComparer.Ordinal))
            {
                items.Add(item);
            }
        }

        return items;
    }

    private Freshness Bounds()
    {
        var bounds = new Freshness();
        if (plan.Focus == SoakFocus.Budgets)
        {
            return random.Next(2) == 0 ? bounds with { MaxAge = TimeSpan.Zero } : bounds;
        }

        if (random.Next(2) == 0)
        {
            bounds = bounds with { MaxAge = Span(0, 0, 300, 1000, 3000, 20_000) };
        }

        if (random.Next(4) == 0)
        {
            bounds = bounds with { MaxStale = random.Next(4) == 0 ? TimeSpan.MaxValue : Span(0, 500, 5000, 60_000) };
        }

        if (random.Next(4) == 0)
        {
            bounds = bounds with { StaleIfError = Span(500, 5000, 60_000) };
        }

        if (random.Next(10) == 0)
        {
            bounds = bounds with { MinFresh = Span(100, 900, 5000) };
        }

        if (random.Next(10) == 0)
        {
            bounds = bounds with { ProfileTtl = Span(100, 3000, 10_000), ProfileStale = random.Next(2) == 0 ? Span(0, 5000) : null };
        }

        return bounds with { OnlyIfCached = random.Next(15) == 0, NoStore = random.Next(20) == 0 };
    }

    private TimeSpan Span(params int[] milliseconds) => TimeSpan.FromMilliseconds(milliseconds[random.Next(milliseconds.Length)]);
}
