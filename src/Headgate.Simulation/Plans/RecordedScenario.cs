using Headgate.Catalogue;
using Headgate.Upstreams;
using Headgate.Upstreams.Scenarios;

namespace Headgate.Simulation;

/// <summary>Recorded demand of one provider as a scenario.</summary>
internal sealed class RecordedScenario : IScenario
{
    private readonly ProviderModel _provider;
    private readonly List<ScenarioAsk> _asks = [];
    private readonly List<ScenarioClient> _clients = [];
    private readonly Dictionary<(string Client, string? Caller), int> _known = [];

    /// <param name="provider">By whose definition requests are written and answered.</param>
    /// <param name="records">Records of this provider, at least one, in order of time.</param>
    /// <param name="bound">For demands that state none; null leaves them to the definition.</param>
    /// <exception cref="InvalidOperationException">A record names an endpoint the definition lacks.</exception>
    public RecordedScenario(ProviderModel provider, IReadOnlyList<DemandRecordAt> records, TimeSpan? bound)
    {
        _provider = provider;
        Start = records[0].Record.Time;
        Length = (records[^1].Record.Time - Start) + TimeSpan.FromSeconds(1);
        foreach (var (record, endpoint) in records)
        {
            var client = ClientOf(record.Client, record.Caller);
            var stated = record.Freshness is { } seconds ? TimeSpan.FromTicks((long)(seconds * TimeSpan.TicksPerSecond)) : bound;
            foreach (var target in record.Target is { } whole ? [whole] : BatchTargets.Of(endpoint, record.Items))
            {
                _asks.Add(new ScenarioAsk(record.Time - Start, client, target, stated, record.Urgency));
            }
        }
    }

    public string Name => "recorded";

    public string Provider => _provider.Name;

    public DateTimeOffset Start { get; }

    public TimeSpan Length { get; }

    public IReadOnlyList<ScenarioClient> Clients => _clients;

    public IReadOnlyList<ScenarioAsk> Asks(int seed) => _asks;

    public ITwin NewTwin(int seed) => new CatalogueTwin(_provider);

    private int ClientOf(string name, string? caller)
    {
        if (!_known.TryGetValue((name, caller), out var client))
        {
            _known.Add((name, caller), client = _clients.Count);
            _clients.Add(new ScenarioClient(name, Credential(caller)));
        }

        return client;
    }

    // Credentials are not recorded; what stands for one must only be read as one, and as another than the next caller's.
    private IReadOnlyList<TwinHeader> Credential(string? caller)
    {
        if (caller is null || _provider.Identity.FirstOrDefault(rule => rule.Place == CredentialPlace.Header) is not { } rule)
        {
            return [];
        }

        string[] forms = [$"token {caller}:{caller}", $"Bearer {caller}", caller];
        return [new TwinHeader(rule.Name, Array.Find(forms, form => rule.Pattern?.IsMatch(form) ?? true) ?? caller)];
    }
}
