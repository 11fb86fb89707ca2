using Headgate.Catalogue;

namespace Headgate.Tests.Catalogue;

public sealed class RequestPlannerTests
{
    private static readonly (string, string) Alice = ("Authorization", "token app:alice");
    private static readonly (string, string) Bob = ("Authorization", "token app:bob");
    private static readonly (string, string) Carol = ("authorization", "token other:carol");

    [Fact]
    public void Items_are_decoded_in_request_order_and_duplicates_stand_once()
    {
        var plan = Kite("/quote?i=NSE%3AINFY&i=NSE:TCS&i=NSE%3ANIFTY+50&i=NSE:INFY&i=NSE:M%26M", Alice);

        plan.Endpoint.Id.ShouldBe("kite.quote");
        plan.Items.Select(item => item.Text).ShouldBe(["NSE:INFY", "NSE:TCS", "NSE:NIFTY 50", "NSE:M&M"]);
        plan.Items.Select(item => item.Key.Id).ShouldBe(["NSE:INFY", "NSE:TCS", "NSE:NIFTY 50", "NSE:M&M"]);
        plan.Items[0].Key.ShouldBe(new ItemKey("kite.quote", default, "NSE:INFY"));
        plan.Target.ShouldBe("/quote?i=NSE%3AINFY&i=NSE:TCS&i=NSE%3ANIFTY+50&i=NSE:INFY&i=NSE:M%26M");
        plan.Variant.ShouldBe(new CallVariant("kite.quote", "/quote", "", plan.Identity.Credential));
    }

    /// <summary>Queries without escapes are read by a way of their own; it must agree with the one that reads every parameter.</summary>
    [Theory]
    [InlineData("/quote?i=A&i=B&i=A", "/quote?i=%41&i=B&i=A", "A B")]
    [InlineData("/quote?&i=A&&i=B&", "/quote?&i=%41&&i=B&", "A B")]
    [InlineData("/quote?ii=Z&i=A&i=B=C&x", "/quote?ii=Z&i=%41&i=B=C&x", "A B=C")]
    [InlineData("/quote?i=A&i", "/quote?i=%41&i", "")]
    public void A_plain_query_names_the_same_items_as_an_escaped_one(string plain, string escaped, string items)
    {
        var (one, other) = (Kite(plain, Alice), Kite(escaped, Alice));
        one.Items.Select(item => item.Key.Owner).ShouldBe(other.Items.Select(item => item.Key.Owner));
        string.Join(' ', one.Items.Select(item => item.Text)).ShouldBe(items);
        string.Join(' ', other.Items.Select(item => item.Text)).ShouldBe(items);
        (items.Length == 0 || one.Variant == other.Variant).ShouldBeTrue();
    }

    [Theory]
    [InlineData(200)]
    [InlineData(512)]
    [InlineData(513)]
    [InlineData(2_000)]
    public void Duplicates_stand_once_however_many_items_are_named_and_however_alike_they_are(int count)
    {
        var random = new Random(count);
        // Names of one length that differ in few places meet in any table.
        var names = Enumerable.Range(0, count).Select(_ => $"NSE:{new string('A', random.Next(3))}{random.Next(count)}").ToList();
        Kite($"/quote?i={string.Join("&i=", names)}", Alice).Items.Select(item => item.Text).ShouldBe(names.Distinct(StringComparer.Ordinal));
    }

    [Fact]
    public void Other_parameters_are_part_of_every_items_key_and_of_the_variant()
    {
        var plan = Kite("/quote?a=%7E&i=NSE:INFY&b=2", Alice);
        plan.Items.Single().Key.Id.ShouldBe("NSE:INFY?a=%7E&b=2");
        plan.Variant.FixedQuery.ShouldBe("a=%7E&b=2");
    }

    [Fact]
    public void Names_with_reserved_characters_cannot_be_taken_for_parameters()
    {
        var one = Kite("/quote?i=A%3Fb=2", Alice).Items.Single().Key;
        var other = Kite("/quote?i=A&b=2", Alice).Items.Single().Key;
        one.ShouldNotBe(other);
        Kite("/quote?i=A%253Fb", Alice).Items.Single().Key.ShouldNotBe(Kite("/quote?i=A%3Fb", Alice).Items.Single().Key);
    }

    [Fact]
    public void Path_captures_tell_items_apart()
    {
        var buy = Kite("/instruments/trigger_range/buy?i=NSE:INFY", Alice).Items.Single().Key;
        var sell = Kite("/instruments/trigger_range/sell?i=NSE:INFY", Alice).Items.Single().Key;
        buy.Id.ShouldBe("NSE:INFY?/instruments/trigger_range/buy");
        buy.ShouldNotBe(sell);
    }

    [Fact]
    public void Two_sessions_of_one_app_share_its_limit_and_nothing_else()
    {
        var (alice, bob) = (Kite("/portfolio/positions", Alice), Kite("/portfolio/positions", Bob));

        alice.LimitKeys.ShouldBe(bob.LimitKeys);
        alice.Identity.LimitKey.ShouldBe(bob.Identity.LimitKey);
        alice.Items.Single().Key.ShouldNotBe(bob.Items.Single().Key);
        alice.Identity.Credential.ShouldNotBe(bob.Identity.Credential);
        alice.Variant.ShouldNotBe(bob.Variant);
        Kite("/quote?i=A", Carol).LimitKeys.ShouldNotBe(Kite("/quote?i=A", Alice).LimitKeys);
    }

    [Fact]
    public void A_credential_stated_twice_and_differently_tells_nobody_whose_request_it_is()
    {
        Kite("/quote?i=A", Alice).IsAmbiguous.ShouldBeFalse();
        Kite("/quote?i=A", Alice, Alice).IsAmbiguous.ShouldBeFalse();
        Kite("/quote?i=A", Alice, Bob).IsAmbiguous.ShouldBeTrue();
        Kite("/quote?i=A", Alice, Carol).IsAmbiguous.ShouldBeTrue();
    }

    [Theory]
    [InlineData("/query?apikey=A&function=X", false)]
    [InlineData("/query?apikey=A&function=X&apikey=A", false)]
    [InlineData("/query?apikey=A&function=X&apikey=B", true)]
    [InlineData("/query?apikey=A&function=X&api%6Bey=B", true)]
    [InlineData("/query?apikey=&function=X&apikey=B", true)]
    public void So_does_one_stated_twice_in_the_query(string target, bool isAmbiguous)
    {
        var provider = Definitions.WithEndpoints("  - { name: query, match: GET /query }", "identity: { from: query apikey }");
        Definitions.Plan(provider, Definitions.Get(target)).IsAmbiguous.ShouldBe(isAmbiguous);
    }

    [Fact]
    public void Quotes_are_kept_under_no_owner_but_travel_under_their_askers_credential()
    {
        var (alice, bob) = (Kite("/quote?i=A", Alice), Kite("/quote?i=A", Bob));
        alice.Items.Single().Key.ShouldBe(bob.Items.Single().Key);
        alice.Variant.ShouldNotBe(bob.Variant);
    }

    [Fact]
    public void Limit_keys_hold_the_limit_and_a_whole_hash()
    {
        var plan = Kite("/quote?i=A", Alice);
        var key = plan.Identity.LimitKey;
        plan.LimitKeys.ShouldBe([$"kite.quote/{key.High:x16}{key.Low:x16}"]);
        Kite("/quote?i=A").LimitKeys.ShouldBe(["kite.quote/-"]);
        Definitions.Plan(Definitions.Coinbase, Definitions.Get("/products")).LimitKeys.ShouldBe(["coinbase.public/-"]);
    }

    [Fact]
    public void By_the_sketch_the_account_defaults_to_the_limit_key_and_a_token_entitles_only_with_its_key()
    {
        var sketch = Definitions.Load(Definitions.Sketch);
        var one = Definitions.Plan(sketch, Definitions.Get("/quote?i=A", ("Authorization", "token k:t"))).Identity;
        one.Account.ShouldBe(one.LimitKey);
        var borrowed = Definitions.Plan(sketch, Definitions.Get("/quote?i=A", ("Authorization", "token other:t"))).Identity;
        borrowed.Credential.ShouldNotBe(one.Credential);
    }

    [Fact]
    public void A_credential_that_does_not_fit_the_pattern_is_all_three_identities()
    {
        var identity = Kite("/quote?i=A", ("Authorization", "Bearer x")).Identity;
        identity.LimitKey.IsNone.ShouldBeFalse();
        identity.Account.ShouldBe(identity.LimitKey);
        identity.Credential.ShouldBe(identity.LimitKey);
    }

    [Fact]
    public void Without_a_credential_the_caller_is_nobody() => Kite("/quote?i=A").Identity.ShouldBe(Identities.None);

    [Fact]
    public void A_JWT_tells_the_caller_by_its_claim_whatever_else_changes()
    {
        var provider = Definitions.WithEndpoints("  - { name: a, match: GET /a }", "identity: { from: header Authorization, jwtClaim: sub }");
        Identities Of(string payload) => Definitions.Plan(
            provider, Definitions.Get("/a", ("Authorization", $"Bearer {Base64("{}")}.{Base64(payload)}.sig"))).Identity;

        var first = Of("""{"sub":"organizations/1/apiKeys/2","exp":1}""");
        first.ShouldBe(Of("""{"nonce":"n","sub":"organizations/1/apiKeys/2","exp":2}"""));
        first.ShouldNotBe(Of("""{"sub":"organizations/1/apiKeys/3"}"""));
        first.Credential.ShouldBe(first.LimitKey);
        Definitions.Plan(provider, Definitions.Get("/a", ("Authorization", "Bearer not.a!.jwt"))).Identity.Credential.IsNone.ShouldBeFalse();
    }

    [Fact]
    public void A_credential_in_the_query_goes_upstream_but_into_no_key_and_no_log()
    {
        var provider = Definitions.WithEndpoints("  - { name: a, match: GET /a }", "identity: { from: query apikey }");
        var plan = Definitions.Plan(provider, Definitions.Get("/a?function=X&apikey=S3CRET&symbol=IBM"));

        plan.Target.ShouldBe("/v2/a?function=X&apikey=S3CRET&symbol=IBM");
        plan.SafeTarget.ShouldBe("/a?function=X&apikey=***&symbol=IBM");
        plan.Items.Single().Key.Id.ShouldBe("/a?function=X&symbol=IBM");
        plan.Variant.FixedQuery.ShouldContain("S3CRET");
        plan.Variant.ToString().ShouldNotContain("S3CRET");
        plan.Identity.Credential.IsNone.ShouldBeFalse();
    }

    [Fact]
    public void A_credential_in_the_path_is_hidden_also_where_no_route_knows_the_path()
    {
        var provider = Definitions.Load("""
            provider: telegram
            baseUrl: https://api.telegram.org
            identity: { from: path bot }
            limits: { bot: { permits: 30, per: 1s, scope: capture bot } }
            endpoints:
              - { name: read, match: 'GET /{bot}/getMe', limits: [bot] }
            """);
        var known = Definitions.Plan(provider, Definitions.Get("/bot1:S3CRET/getMe"));
        known.Target.ShouldBe("/bot1:S3CRET/getMe");
        known.SafeTarget.ShouldBe("/***/getMe");
        known.Items.Single().Key.Id.ShouldBe("/***/getMe");
        known.LimitKeys.Single().ShouldNotContain("S3CRET");
        known.LimitKeys.Single().ShouldStartWith("telegram.bot/~");

        var unknown = Definitions.Plan(provider, Definitions.Get("/bot1:S3CRET/other/deep"));
        unknown.SafeTarget.ShouldBe("/***");
        unknown.Items.Single().Key.Id.ShouldNotContain("S3CRET");
    }

    [Fact]
    public void A_secret_the_definition_does_not_know_is_hidden_and_still_tells_requests_apart()
    {
        var one = Kite("/session/token?api_key=app&access_token=S3CRET1");
        one.SafeTarget.ShouldBe("/session/token?api_key=***&access_token=***");
        one.Items.Single().Key.Id.ShouldNotContain("S3CRET1");
        one.Items.Single().Key.ShouldNotBe(Kite("/session/token?api_key=app&access_token=S3CRET2").Items.Single().Key);
    }

    [Fact]
    public void The_gate_brings_its_own_credential_only_to_callers_that_show_none()
    {
        var secrets = new TestSecrets(("KITE_AUTHORIZATION", "demo:demo-access"));
        var nobody = Definitions.Plan(Definitions.Kite, Definitions.Get("/quote?i=A"), secrets);
        nobody.InjectedHeaders.ShouldBe([new HeaderField("Authorization", "token demo:demo-access"), new HeaderField("X-Kite-Version", "3")]);
        var same = Kite("/quote?i=A", ("Authorization", "token demo:demo-access"));
        nobody.Identity.ShouldBe(same.Identity);
        nobody.LimitKeys.ShouldBe(same.LimitKeys);

        var alice = Definitions.Plan(Definitions.Kite, Definitions.Get("/quote?i=A", Alice), secrets);
        alice.InjectedHeaders.ShouldBeEmpty();
        alice.Identity.ShouldBe(Kite("/quote?i=A", Alice).Identity);
        Definitions.Plan(Definitions.Kite, Definitions.Get("/quote?i=A"), new TestSecrets()).InjectedHeaders.ShouldBeEmpty();
    }

    [Fact]
    public void A_secret_for_the_query_goes_behind_what_the_caller_sent()
    {
        var provider = Definitions.WithEndpoints(
            "  - { name: a, match: GET /a, batch: { parameter: s, style: comma, max: 10, items: $.d } }",
            "identity: { from: query apikey }\ninject: { to: query apikey, value: '{secret}', secret: A_KEY }");
        var secrets = new TestSecrets(("A_KEY", "k&1"));
        var plan = Definitions.Plan(provider, Definitions.Get("/a?s=X"), secrets);

        plan.Target.ShouldBe("/v2/a?s=X&apikey=k%261");
        plan.Variant.FixedQuery.ShouldBe("apikey=k%261");
        plan.SafeTarget.ShouldBe("/a?s=X");
        plan.Items.Single().Key.Id.ShouldBe("X");
        Definitions.Plan(provider, Definitions.Get("/a"), secrets).Target.ShouldBe("/v2/a?apikey=k%261");
        Definitions.Plan(provider, Definitions.Get("/a?s=X&apikey=mine"), secrets).Target.ShouldBe("/v2/a?s=X&apikey=mine");
    }

    [Fact]
    public void Secrets_are_chosen_by_the_endpoints_purpose()
    {
        var provider = Definitions.WithEndpoints(
            "  - { name: a, match: GET /a, purpose: data }\n  - { name: b, match: GET /b }",
            "inject:\n  - { to: header K, value: '{secret}', secret: GENERAL }\n  - { to: header K, value: '{secret}', secret: DATA, purpose: data }");
        var secrets = new TestSecrets(("GENERAL", "g"), ("DATA", "d"));
        Definitions.Plan(provider, Definitions.Get("/a"), secrets).InjectedHeaders.Single().Value.ShouldBe("d");
        Definitions.Plan(provider, Definitions.Get("/b"), secrets).InjectedHeaders.Single().Value.ShouldBe("g");
    }

    [Theory]
    [InlineData("/quote")]
    [InlineData("/quote?i=")]
    [InlineData("/quote?i=A&i=")]
    [InlineData("/quote?i=%zz")]
    [InlineData("/quote?i=%FF")]
    [InlineData("/quote?i=A B")]
    public void What_cannot_be_taken_apart_passes_whole_and_is_kept_apart_from_items(string target)
    {
        var plan = Kite(target, Alice);
        plan.Endpoint.Id.ShouldBe("kite.quote.all");
        plan.Endpoint.Batch.ShouldBeNull();
        plan.Endpoint.Limits.Single().Id.ShouldBe("kite.quote");
        plan.Target.ShouldBe(target);
        plan.Items.Single().Key.ShouldBe(new ItemKey("kite.quote.all", default, target));
    }

    [Fact]
    public void More_items_than_a_request_may_name_are_planned_and_counted()
    {
        var plan = Kite("/quote?" + string.Join('&', Enumerable.Range(0, 6_000).Select(i => $"i={i}")), Alice);
        plan.Items.Count.ShouldBe(6_000);
        plan.Items.Count.ShouldBeGreaterThan(plan.Endpoint.Batch!.RequestMax);
    }

    [Theory]
    [InlineData("/quote?i=NSE:INFY", "XNSE")]
    [InlineData("/quote/ltp?i=408065", "XNSE")]
    [InlineData("/quote?i=MCX:CRUDEOIL26DECFUT", null)]
    [InlineData("/quote?i=53496327", null)]
    [InlineData("/instruments/historical/408065/day?from=a&to=b", "XNSE")]
    [InlineData("/instruments/historical/53496327/day?from=a&to=b", null)]
    [InlineData("/quote", null)]
    [InlineData("/instruments", "XNSE")]
    public void Freshness_follows_the_market_of_the_instrument(string target, string? market) =>
        Kite(target, Alice).Items.Single().Market.ShouldBe(market);

    [Theory]
    [InlineData("/instruments/historical/408065/day?from=a", 1440)]
    [InlineData("/instruments/historical/408065/15minute", 15)]
    [InlineData("/instruments/historical/408065/week", null)]
    [InlineData("/quote?i=A", null)]
    public void A_candle_request_tells_its_bar(string target, int? minutes) =>
        Kite(target, Alice).Bar.ShouldBe(minutes is { } known ? TimeSpan.FromMinutes(known) : null);

    [Fact]
    public void Coinbase_names_its_bars_in_seconds() =>
        Definitions.Plan(Definitions.Coinbase, Definitions.Get("/products/BTC-USD/candles?granularity=900")).Bar.ShouldBe(TimeSpan.FromMinutes(15));

    [Fact]
    public void A_HEAD_asks_for_what_a_GET_asks_for() =>
        Definitions.Plan(Definitions.Kite, Definitions.Request("HEAD", "/quote?i=A")).Items.Single().Key
            .ShouldBe(Kite("/quote?i=A").Items.Single().Key);

    [Fact]
    public void Signed_bytes_survive()
    {
        const string Target = "/any/%7Epath?a=%7E%2D%41|b&&c";
        Definitions.Plan(Definitions.Coinbase, Definitions.Get(Target)).Target.ShouldBe(Target);
    }

    private static RequestPlan Kite(string target, params (string, string)[] headers) => Definitions.Plan(Definitions.Kite, Definitions.Get(target, headers));

    private static string Base64(string text) => System.Buffers.Text.Base64Url.EncodeToString(System.Text.Encoding.UTF8.GetBytes(text));
}
