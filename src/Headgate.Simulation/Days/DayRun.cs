using Headgate.Catalogue;
using Headgate.Upstreams.Scenarios;

namespace Headgate.Simulation;

/// <summary>Replays a scenario three times, <i>ideal</i>, <i>direct</i> and <i>gate</i>, and compares with the lower bound (design §9).</summary>
/// <remarks>The same scenario, seed and catalogue give the same report but for <see cref="DayReport.HoursPerSecond"/>.</remarks>
public static class DayRun
{
    /// <param name="scenario">What happens.</param>
    /// <param name="catalogue">Knows the scenario's provider.</param>
    /// <param name="wall">Measures how long the gate's replay really takes.</param>
    /// <param name="options">Seed, network, engine.</param>
    /// <exception cref="ArgumentException">The catalogue lacks the provider.</exception>
    public static DayReport Run(IScenario scenario, CatalogueModel catalogue, TimeProvider wall, DayOptions? options = null)
    {
        options ??= new DayOptions();
        var provider = catalogue.Find(scenario.Provider) ?? throw new ArgumentException($"The catalogue has no provider {scenario.Provider}.", nameof(catalogue));
        var asks = scenario.Asks(options.Seed);
        var planner = new AskPlanner(provider, scenario);
        var direct = Direct(scenario, asks, options);
        var bound = BoundOf(scenario, asks, planner, options);

        var began = wall.GetTimestamp();
        var gate = GateRun.Run(scenario, asks, planner, catalogue, options);
        var seconds = (decimal)wall.GetElapsedTime(began).TotalSeconds;
        var hours = scenario.Length.Ticks / (decimal)TimeSpan.TicksPerHour;
        return new DayReport(
            scenario.Name,
            scenario.Provider,
            options.Seed,
            decimal.Round(hours, 3),
            asks.Count,
            new IdealReport(asks.Count),
            direct,
            gate,
            bound.Calls,
            bound.IsExact,
            bound.Calls == 0 ? 0 : decimal.Round(gate.Calls / (decimal)bound.Calls, 4),
            seconds == 0 ? 0 : decimal.Round(hours / seconds, 2));
    }

    /// <summary>Every client calls for itself, once per ask, and takes what comes.</summary>
    private static DirectReport Direct(IScenario scenario, IReadOnlyList<ScenarioAsk> asks, DayOptions options)
    {
        var twin = scenario.NewTwin(options.Seed);
        long answered = 0;
        foreach (var ask in asks)
        {
            var request = new Headgate.Upstreams.TwinRequest("GET", ask.Target, scenario.Clients[ask.Client].Headers);
            answered += twin.Handle(request, scenario.Start + ask.At + options.Out).Status is >= 200 and < 300 ? 1 : 0;
        }

        var counts = twin.Counters.Snapshot();
        return new DirectReport(counts.Arrivals, counts.Violations, answered, counts.ArrivalsByEndpoint);
    }

    private static Bound BoundOf(IScenario scenario, IReadOnlyList<ScenarioAsk> asks, AskPlanner planner, DayOptions options)
    {
        var bound = new DemandBound(options.Engine.Linger, options.Markets);
        for (var i = 0; i < asks.Count; i++)
        {
            var ask = asks[i];
            bound.Add(i, planner.PlanOf(ask), scenario.Start + ask.At, ask.Bound, Urgency.Of(ask.Urgency).IsUrgent, ask.After);
        }

        return bound.Total();
    }
}
