using Headgate.Testing;
using Headgate.Catalogue;

namespace Headgate.Tests.Catalogue;

public sealed class CatalogueLoaderTests
{
    [Fact]
    public void The_sketch_of_the_design_loads_as_it_is()
    {
        var kite = Definitions.Load(Definitions.Sketch);

        kite.Name.ShouldBe("kite");
        kite.BaseUrl.ShouldBe(new Uri("https://api.kite.trade"));
        kite.Market.ShouldBe("XNSE");
        kite.Backoff.ShouldBe(new BackoffModel(2m, TimeSpan.FromSeconds(60)));
        kite.Limits["quote"].Permits.ShouldBe(1);
        kite.Limits["historical"].Scope.ShouldBe(LimitScope.LimitKey);
        kite.Identity.Single().Place.ShouldBe(CredentialPlace.Header);
        var quote = Endpoint(kite, "quote");
        quote.Scope.ShouldBe(EndpointScope.Entitled);
        quote.Deadline.ShouldBe(TimeSpan.FromSeconds(6.5));
        quote.Batch!.Max.ShouldBe(500);
        quote.Batch.UrlMax.ShouldBe(14 * 1024);
        quote.Batch.ItemsPath.ShouldBe(["data"]);
        quote.Batch.Shape.ShouldBe(ItemsShape.Map);
        quote.Freshness.ShouldBe(new FreshnessModel
        {
            Kind = FreshnessKind.Fixed,
            Ttl = TimeSpan.FromSeconds(1),
            Stale = TimeSpan.FromMinutes(10),
            Closed = FreshnessKind.UntilNextOpen,
        });
        var historical = Endpoint(kite, "historical");
        historical.Freshness.Kind.ShouldBe(FreshnessKind.UntilBarCloses);
        historical.Range!.Intervals["minute"].ShouldBe(new RangeInterval(TimeSpan.FromMinutes(1), TimeSpan.FromDays(60)));
        historical.Range.Rows.ShouldBe(["data", "candles"]);
        Endpoint(kite, "orders").Cacheable.ShouldBeFalse();
        kite.Errors.Count.ShouldBe(2);
    }

    [Fact]
    public void A_smaller_shape_without_a_definition_is_the_larger_one_at_a_longer_path()
    {
        var kite = Definitions.Load(Definitions.Sketch);

        var ltp = Endpoint(kite, "quote-ltp");
        ltp.Route.Segments.ShouldBe(["quote", "ltp"]);
        ltp.Larger.Single().Endpoint.ShouldBeSameAs(Endpoint(kite, "quote"));
        ltp.Larger.Single().Members.ShouldBe(["instrument_token", "last_price"]);
    }

    [Fact]
    public void Larger_shapes_come_smallest_first()
    {
        var ltp = Endpoint(Definitions.Kite, "quote-ltp");
        ltp.Larger.Select(larger => larger.Endpoint.Name).ShouldBe(["quote-ohlc", "quote"]);
    }

    [Fact]
    public void Paths_without_a_limit_of_their_own_spend_of_every_limit()
    {
        var kite = Definitions.Load(Definitions.Sketch);
        kite.Passthrough.Limits.Select(limit => limit.Name).ShouldBe(["historical", "quote"]);
        kite.Passthrough.Cacheable.ShouldBeFalse();
        Endpoint(kite, "orders").Limits.Count.ShouldBe(2);
    }

    [Fact]
    public void The_default_limit_is_what_unmatched_paths_spend() =>
        Definitions.Kite.Passthrough.Limits.Single().Id.ShouldBe("kite.other");

    [Theory]
    [InlineData("{ permits: 1, per: 1s }", 1, 1000)]
    [InlineData("{ permits: 10/s }", 10, 1000)]
    [InlineData("{ permits: 400/min }", 400, 60_000)]
    [InlineData("{ permits: 0.33/s }", 1, 3031)]
    [InlineData("{ permits: 0.5, per: 1s }", 1, 2000)]
    [InlineData("{ permits: 2.5/s }", 2, 800)]
    public void A_fractional_rate_becomes_whole_permits_without_a_larger_burst(string limit, long permits, int milliseconds)
    {
        var model = Definitions.Load($"provider: test\nbaseUrl: http://h\nlimits: {{ a: {limit} }}").Limits["a"];
        model.Permits.ShouldBe(permits);
        model.Window.ShouldBe(TimeSpan.FromMilliseconds(milliseconds));
        model.Kind.ShouldBe(LimitKind.Sliding);
    }

    [Fact]
    public void A_calendar_window_has_a_zone_and_a_time_of_reset()
    {
        var limit = Definitions.Load("""
            provider: test
            baseUrl: http://h
            limits:
              day: { permits: 25, per: 1 day in America/New_York at 09:30, reserve: 20%, paced: true, usage: { header: X-Used, counts: used }, lockOut: 30s }
            """).Limits["day"];

        limit.Kind.ShouldBe(LimitKind.Calendar);
        limit.Window.ShouldBe(TimeSpan.FromDays(1));
        limit.Zone.ShouldBe("America/New_York");
        limit.ResetAt.ShouldBe(new TimeSpan(9, 30, 0));
        limit.ReservePercent.ShouldBe(20);
        limit.Paced.ShouldBeTrue();
        limit.Usage.ShouldBe(new UsageHeader("X-Used", false));
        limit.LockOut.ShouldBe(TimeSpan.FromSeconds(30));
    }

    [Fact]
    public void Costs_may_be_constant_per_item_or_in_steps()
    {
        var provider = Definitions.WithEndpoints("""
              - { name: a, match: GET /a, cost: 5 }
              - { name: b, match: GET /b, cost: { permits: 1, perItem: 2 } }
              - { name: c, match: GET /c, cost: { steps: { 20: 2, 100: 40, 1000: 80 } } }
            """);

        Endpoint(provider, "a").Cost.For(7).ShouldBe(5);
        Endpoint(provider, "b").Cost.For(3).ShouldBe(7);
        Endpoint(provider, "c").Cost.For(20).ShouldBe(2);
        Endpoint(provider, "c").Cost.For(21).ShouldBe(40);
    }

    [Fact]
    public void A_generic_provider_obeys_the_upstreams_own_headers_for_unmatched_GETs()
    {
        var provider = Definitions.Load("{ provider: web, baseUrl: 'http://127.0.0.1:8080/base/', freshness: origin }");

        var plan = Definitions.Plan(provider, Definitions.Get("/any/path?q=1"));
        plan.Endpoint.Id.ShouldBe("web.origin");
        plan.Endpoint.Cacheable.ShouldBeTrue();
        plan.Endpoint.Freshness.Kind.ShouldBe(FreshnessKind.Origin);
        plan.Endpoint.Scope.ShouldBe(EndpointScope.Public);
        plan.Target.ShouldBe("/base/any/path?q=1");
        Definitions.Plan(provider, Definitions.Request("POST", "/any/path")).Endpoint.Cacheable.ShouldBeFalse();
    }

    [Fact]
    public void A_users_file_overrides_by_key_and_extends()
    {
        var own = new CatalogueFile("mine.yaml", """
            provider: kite
            limits: { quote: { permits: 2 }, extra: { permits: 1, per: 1m } }
            endpoints:
              - { name: quote, freshness: { ttl: 3s } }
              - { name: gtt, match: ANY /gtt/**, cache: never, limits: [extra] }
            errors:
              - { status: 499, as: transient }
            """);

        var kite = CatalogueLoader.LoadShipped([own]).Find("kite")!;
        kite.Limits["quote"].Permits.ShouldBe(2);
        kite.Limits["quote"].Window.ShouldBe(TimeSpan.FromSeconds(1));
        Endpoint(kite, "quote").Freshness.Ttl.ShouldBe(TimeSpan.FromSeconds(3));
        Endpoint(kite, "quote").Batch!.Max.ShouldBe(500);
        Endpoint(kite, "gtt").Limits.Single().Id.ShouldBe("kite.extra");
        kite.Errors[0].Statuses.Single().ShouldBe((499, 499));
        kite.Errors.Count.ShouldBe(Definitions.Kite.Errors.Count + 1);
    }

    [Fact]
    public void A_users_file_may_remove_a_key_or_replace_a_whole_definition()
    {
        var removing = new CatalogueFile("mine.yaml", "provider: kite\ninject: ~");
        CatalogueLoader.LoadShipped([removing]).Find("kite")!.Inject.ShouldBeEmpty();

        var replacing = new CatalogueFile("mine.yaml", "provider: kite\nreplace: true\nbaseUrl: http://127.0.0.1:9");
        CatalogueLoader.LoadShipped([replacing]).Find("kite")!.Endpoints.ShouldBeEmpty();
    }

    [Fact]
    public void The_address_of_a_provider_can_be_changed()
    {
        var catalogue = CatalogueLoader.LoadShipped().WithBaseUrl("KITE", new Uri("http://127.0.0.1:7171/twin/"));

        Definitions.Plan(catalogue.Find("kite")!, Definitions.Get("/quote?i=A")).Target.ShouldBe("/twin/quote?i=A");
        Should.Throw<ArgumentException>(() => catalogue.WithBaseUrl("kite", new Uri("ftp://h")));
        catalogue.WithBaseUrl("absent", new Uri("http://h")).Providers.Count.ShouldBe(catalogue.Providers.Count);
    }

    [Fact]
    public void Shipped_calendars_are_no_definitions() =>
        CatalogueLoader.Shipped.Select(file => file.Name).ShouldBe(Directory.GetFiles(Repository.Path("catalogue"), "*.yaml").Select(file => Path.GetFileName(file)!).Order(StringComparer.Ordinal));

    private static EndpointModel Endpoint(ProviderModel provider, string name) => provider.Endpoints.Single(endpoint => endpoint.Name == name);
}
