namespace Headgate.Upstreams.Scenarios;

/// <summary>A scenario of clients that poll.</summary>
public sealed class PollingScenario : IScenario
{
    private const int AsksMax = 5_000_000;

    private readonly IReadOnlyList<PollingClient> _clients;
    private readonly Func<int, ITwin> _newTwin;

    /// <param name="name">What reports call it.</param>
    /// <param name="provider">The provider's catalogue name.</param>
    /// <param name="start">The wall clock at the beginning.</param>
    /// <param name="length">How long it lasts.</param>
    /// <param name="clients">Who polls what.</param>
    /// <param name="newTwin">Makes the upstream from a seed.</param>
    public PollingScenario(string name, string provider, DateTimeOffset start, TimeSpan length, IReadOnlyList<PollingClient> clients, Func<int, ITwin> newTwin)
    {
        Name = name;
        Provider = provider;
        Start = start;
        Length = length;
        Clients = [.. clients.Select(client => new ScenarioClient(client.Name, client.Headers))];
        _clients = clients;
        _newTwin = newTwin;
    }

    public string Name { get; }

    public string Provider { get; }

    public DateTimeOffset Start { get; }

    public TimeSpan Length { get; }

    public IReadOnlyList<ScenarioClient> Clients { get; }

    /// <exception cref="InvalidOperationException">It would ask more than five million times.</exception>
    public IReadOnlyList<ScenarioAsk> Asks(int seed)
    {
        var asks = new List<(ScenarioAsk Ask, int Round, int Part)>();
        for (var client = 0; client < _clients.Count; client++)
        {
            AddClient(asks, client, new Random(unchecked((seed * 7919) + client)));
        }

        var ordered = asks.OrderBy(ask => ask.Ask.At).ThenBy(ask => ask.Ask.Client).ThenBy(ask => ask.Part).ToList();
        return Linked(ordered);
    }

    public ITwin NewTwin(int seed) => _newTwin(seed);

    private void AddClient(List<(ScenarioAsk Ask, int Round, int Part)> asks, int index, Random random)
    {
        var client = _clients[index];
        IReadOnlyList<(TimeSpan From, TimeSpan To)> hours = client.Hours.Count > 0 ? client.Hours : [(TimeSpan.Zero, Length)];
        var all = client.Pick == 0 ? client.Targets(client.Items) : [];
        var round = 0;
        foreach (var (from, to) in hours)
        {
            for (var at = from + client.Phase; at < to && at < Length; at += Distance(client, random))
            {
                var when = at + TimeSpan.FromTicks(random.NextInt64(client.Jitter.Ticks + 1));
                var targets = client.Pick == 0 ? all : client.Targets(Some(client, random));
                for (var part = 0; part < targets.Count; part++)
                {
                    asks.Add((new ScenarioAsk(when, index, targets[part], client.Bound, client.Urgency), round, part));
                }

                round++;
                if (asks.Count > AsksMax)
                {
                    throw new InvalidOperationException($"Scenario {Name} asks more than {AsksMax} times.");
                }
            }
        }
    }

    private static TimeSpan Distance(PollingClient client, Random random) =>
        client.AtRandom ? client.Every * -Math.Log(1 - random.NextDouble()) + TimeSpan.FromTicks(1) : client.Every;

    private static List<string> Some(PollingClient client, Random random)
    {
        var items = client.Items.ToArray();
        random.Shuffle(items);
        return [.. items.Take(client.Pick)];
    }

    private List<ScenarioAsk> Linked(List<(ScenarioAsk Ask, int Round, int Part)> ordered)
    {
        var byRound = new Dictionary<(string Client, int Round), int>();
        var linked = new List<ScenarioAsk>(ordered.Count);
        foreach (var (ask, round, _) in ordered)
        {
            var client = _clients[ask.Client];
            var after = client.After is { } parent ? byRound.GetValueOrDefault((parent, round), -1) : -1;
            byRound[(client.Name, round)] = linked.Count;
            linked.Add(after < 0 ? ask : ask with { After = after });
        }

        return linked;
    }
}
