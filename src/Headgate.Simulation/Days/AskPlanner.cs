using Headgate.Catalogue;
using Headgate.Upstreams.Scenarios;

namespace Headgate.Simulation;

/// <summary>Understands a scenario's requests; each is planned once, however often it is asked.</summary>
internal sealed class AskPlanner
{
    private readonly ProviderModel _provider;
    private readonly IReadOnlyList<HeaderField>[] _headers;
    private readonly Dictionary<(int Client, string Target), (ClientRequest Request, RequestPlan Plan)> _known = [];

    public AskPlanner(ProviderModel provider, IScenario scenario)
    {
        _provider = provider;
        _headers = [.. scenario.Clients.Select(client => (IReadOnlyList<HeaderField>)[.. client.Headers.Select(header => new HeaderField(header.Name, header.Value))])];
    }

    public ICredentialHasher Hasher { get; } = new SeededHasher();

    public RequestPlan PlanOf(ScenarioAsk ask) => Understand(ask).Plan;

    public Demand DemandOf(ScenarioAsk ask, string client)
    {
        var (request, plan) = Understand(ask);
        return new Demand
        {
            Plan = plan,
            Request = request,
            Freshness = new Freshness { ProfileTtl = ask.Bound },
            Urgency = Urgency.Of(ask.Urgency),
            Client = client,
        };
    }

    private (ClientRequest Request, RequestPlan Plan) Understand(ScenarioAsk ask)
    {
        if (!_known.TryGetValue((ask.Client, ask.Target), out var known))
        {
            var request = new ClientRequest { Method = "GET", Target = ask.Target, Headers = _headers[ask.Client] };
            known = (request, RequestPlanner.Plan(_provider, request, Hasher, secrets: null));
            // Random picks make ever new requests; remembering half a million of them is enough.
            if (_known.Count < 500_000)
            {
                _known.Add((ask.Client, ask.Target), known);
            }
        }

        return known;
    }
}
