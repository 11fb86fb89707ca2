using System.Text;
using Headgate.Catalogue;
using Headgate.Simulation;
using Headgate.Upstreams;

namespace Headgate.Tests.Catalogue;

public sealed class ProfileTests
{
    private const string Yaml = """
        provider: x
        baseUrl: http://x.test
        limits: { all: { permits: 10, per: 1s } }
        endpoints:
          - { name: a, match: GET /a, freshness: { ttl: 1s, stale: 1h } }
        profiles:
          slow:
            limits: { all: { permits: 2 } }
            endpoints: [{ name: a, freshness: { ttl: 60s } }]
        """;

    [Fact]
    public void Without_a_choice_no_profile_holds_and_a_chosen_one_lies_over_its_definition()
    {
        Load([Yaml]).Limits["all"].Permits.ShouldBe(10);
        var slow = Load([Yaml], "slow");
        slow.Limits["all"].Permits.ShouldBe(2);
        slow.Endpoints.Single().Freshness.ShouldBe(Load([Yaml]).Endpoints.Single().Freshness with { Ttl = TimeSpan.FromSeconds(60) });
    }

    [Fact]
    public void A_users_own_file_may_choose_the_profile_the_configuration_goes_before_it_and_what_it_writes_itself_goes_before_the_profile()
    {
        Load([Yaml, "provider: x\nprofile: slow"]).Limits["all"].Permits.ShouldBe(2);
        Load([Yaml, "provider: x\nprofile: slow\nlimits: { all: { permits: 3 } }"]).Limits["all"].Permits.ShouldBe(3);
        Load([Yaml, "provider: x\nprofile: mine\nprofiles: { mine: { limits: { all: { permits: 4 } } } }"]).Limits["all"].Permits.ShouldBe(4);
        Load([Yaml, "provider: x\nprofile: mine\nprofiles: { mine: { limits: { all: { permits: 4 } } } }"], "slow").Limits["all"].Permits.ShouldBe(2);
    }

    [Theory]
    [InlineData("fast", "file0.yaml:1: profile is fast; expected one of slow")]
    public void An_unknown_profile_stops_the_start(string profile, string message) =>
        Should.Throw<CatalogueException>(() => Load([Yaml], profile)).Message.ShouldBe(message);

    [Fact]
    public void A_wrong_profile_is_told_though_nobody_has_chosen_it() =>
        Should.Throw<CatalogueException>(() => Load([Yaml.Replace("permits: 2", "permits: few", StringComparison.Ordinal)]))
            .Message.ShouldBe("file0.yaml:8: limits.all.permits is few; expected a whole number of at least 1, or a rate such as 0.33/s");

    [Fact]
    public void Questrade_relaxed_keeps_quotes_five_minutes_and_positions_one()
    {
        var plain = CatalogueLoader.LoadShipped().Providers["questrade"];
        var relaxed = Shipped("questrade", "relaxed").Providers["questrade"];
        Ttl(plain, "quotes").ShouldBe(TimeSpan.FromSeconds(1));
        Ttl(plain, "positions").ShouldBe(TimeSpan.Zero);
        Ttl(relaxed, "quotes").ShouldBe(TimeSpan.FromSeconds(300));
        Ttl(relaxed, "positions").ShouldBe(TimeSpan.FromSeconds(60));
        relaxed.Endpoints.Single(endpoint => endpoint.Name == "positions").Scope.ShouldBe(EndpointScope.Account);
    }

    [Fact]
    public void Cryptometer_manager_lets_a_hundred_a_minute_through_ten_to_an_endpoint_and_twenty_in_ten_seconds()
    {
        var world = new ProfileWorld(Shipped("cryptometer", "manager"));
        world.Run(async () =>
        {
            var one = await Task.WhenAll(Enumerable.Range(0, 12).Select(i => world.Get("cryptometer", $"/ticker?market_pair=C{i}&api_key=k")));
            one.Count(result => result.Kind == FetchKind.Fetched).ShouldBe(10);
            one.First(result => result.Kind == FetchKind.Refused).Refusal!.Limit.ShouldBe("cryptometer.endpoint");
            var others = await Task.WhenAll(Enumerable.Range(0, 12).Select(i => world.Get("cryptometer", $"/ohlcv?pair=C{i}&api_key=k")));
            others.Count(result => result.Kind == FetchKind.Fetched).ShouldBe(10);
            world.Calls.Count.ShouldBe(20);
            (await world.Get("cryptometer", "/coininfo?api_key=k", TimeSpan.FromSeconds(5))).Refusal!.Limit.ShouldBe("cryptometer.burst");
            await world.Time.Delay(TimeSpan.FromSeconds(11));
            (await world.Get("cryptometer", "/coininfo?api_key=k")).Kind.ShouldBe(FetchKind.Fetched);
            (await world.Get("cryptometer", "/ticker?market_pair=X&api_key=k", TimeSpan.FromSeconds(1))).Refusal!.Limit.ShouldBe("cryptometer.endpoint");
        });
    }

    [Fact]
    public void Four_keys_are_routed_by_purpose_and_each_spends_a_budget_of_its_own()
    {
        var world = new ProfileWorld(Shipped("alphavantage", "four-keys"), new Secrets(new(StringComparer.Ordinal)
        {
            ["ALPHA_VANTAGE_PRICES_KEY"] = "premium",
            ["ALPHA_VANTAGE_FUNDAMENTALS_KEY"] = "free-1",
            ["ALPHA_VANTAGE_MACRO_KEY"] = "free-2",
            ["ALPHA_VANTAGE_SENTIMENT_KEY"] = "free-3",
        }));
        world.Run(async () =>
        {
            var day = TimeSpan.FromMinutes(5);
            await Task.WhenAll(Enumerable.Range(0, 100).Select(i => world.Get("alphavantage", $"/query?function=GLOBAL_QUOTE&symbol=S{i}", day)));
            world.By("premium").Count.ShouldBe(100); // beyond any free key's day
            Most(world.By("premium"), TimeSpan.FromMinutes(1)).ShouldBeInRange(60, 75);
            Most(world.By("premium"), TimeSpan.FromSeconds(2)).ShouldBeLessThanOrEqualTo(3);

            var overviews = await Task.WhenAll(Enumerable.Range(0, 30).Select(i => world.Get("alphavantage", $"/query?function=OVERVIEW&symbol=S{i}", day, urgency: 0)));
            overviews.Count(result => result.Kind == FetchKind.Fetched).ShouldBe(25);
            overviews.First(result => result.Kind == FetchKind.Refused).Refusal!.Limit.ShouldBe("alphavantage.day");
            world.By("free-1").Count.ShouldBe(25);

            (await world.Get("alphavantage", "/query?function=CPI")).Kind.ShouldBe(FetchKind.Fetched);
            (await world.Get("alphavantage", "/query?function=NEWS_SENTIMENT&tickers=S1")).Kind.ShouldBe(FetchKind.Fetched);
            (await world.Get("alphavantage", "/query?function=RSI&symbol=S1")).Kind.ShouldBe(FetchKind.Fetched);
            (world.By("free-2").Count, world.By("free-3").Count, world.By("premium").Count).ShouldBe((1, 1, 101));
            world.Engine.Budgets().Count(budget => budget.Limit == "alphavantage.day").ShouldBe(3);
        });
    }

    private static int Most(List<DateTimeOffset> arrivals, TimeSpan window) => arrivals.Max(from => arrivals.Count(at => at >= from && at < from + window));

    private static TimeSpan Ttl(ProviderModel provider, string endpoint) => provider.Endpoints.Single(candidate => candidate.Name == endpoint).Freshness.Ttl;

    private static CatalogueModel Shipped(string provider, string profile) => CatalogueLoader.LoadShipped(profiles: new Dictionary<string, string>(StringComparer.Ordinal) { [provider] = profile });

    private static ProviderModel Load(string[] files, string? profile = null) => CatalogueLoader.Load(
        files.Select((text, i) => new CatalogueFile($"file{i}.yaml", text)),
        profiles: profile is null ? null : new Dictionary<string, string>(StringComparer.Ordinal) { ["x"] = profile }).Providers["x"];

    private sealed class Secrets(Dictionary<string, string> held) : ISecretSource
    {
        public string? Find(string name) => held.GetValueOrDefault(name);
    }

    /// <summary>The engine in virtual time before an upstream that has every answer.</summary>
    private sealed class ProfileWorld
    {
        private readonly CatalogueModel _catalogue;
        private readonly ISecretSource? _secrets;

        public ProfileWorld(CatalogueModel catalogue, ISecretSource? secrets = null)
        {
            _catalogue = catalogue;
            _secrets = secrets;
        }

        public VirtualTime Time { get; } = new();

        public List<(string Target, DateTimeOffset At)> Calls { get; } = [];

        public Headgate.Engine Engine { get; private set; } = null!;

        public List<DateTimeOffset> By(string key) => [.. Calls.Where(call => call.Target.EndsWith($"apikey={key}", StringComparison.Ordinal)).Select(call => call.At)];

        public void Run(Func<Task> test) => Time.Run(async () =>
        {
            var ports = new EnginePorts
            {
                Time = Time,
                BootId = "boot",
                Random = new Random(1),
                Transport = new TwinTransport(Time, (call, at) =>
                {
                    Calls.Add((call.Target, at));
                    return new TwinReply(200, [new("Content-Type", "application/json")], Encoding.UTF8.GetBytes("""{"success":"true","error":"false","data":[1],"Global Quote":{"01. symbol":"S"},"Symbol":"S","name":"N","feed":[]}"""));
                }),
                Ledger = new MemoryLedger(Time) { CommitLatencyMax = TimeSpan.Zero },
                Entries = new MemoryEntryStore(Time),
                Hasher = new SeededHasher(),
                Secrets = _secrets,
                Markets = AlwaysOpenMarkets.Instance,
            };
            Engine = await Headgate.Engine.StartAsync(new EngineOptions(), ports, _catalogue, default);
            await test();
        });

        public async Task<FetchResult> Get(string provider, string target, TimeSpan? deadline = null, int urgency = 3)
        {
            var request = new ClientRequest { Method = "GET", Target = target, Headers = [] };
            var demand = new Demand
            {
                Plan = Engine.Plan(_catalogue.Providers[provider], request), Request = request, Freshness = default, Urgency = Urgency.Of(urgency), Client = "test", Deadline = deadline,
                RequestId = Engine.NextRequestId(),
            };
            return await Engine.FetchAsync(demand, default);
        }
    }
}
