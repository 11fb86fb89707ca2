using FsCheck;
using FsCheck.Fluent;
using Headgate.Catalogue;

namespace Headgate.Tests.Catalogue;

public sealed class HostileRequestTests
{
    private static readonly string[] Pieces =
    [
        "/", "//", "?", "&", "=", "%", "%2", "%zz", "%00", "%2F", "%FF", "%C3%28", "+", "quote", "quote/ltp", "i=", "i=NSE:INFY", "i=,", ",", "[", "\"", "instruments",
        "historical", "orders", "products", "BTC-USD", "..", ".", "\\", "#", "é", "\ud800", "\u0000", " ", "\n", "{ids}", "**", "apikey=S3CRET", "access_token=S3CRET", "symbols=%5B%22",
    ];

    [Fact]
    public void No_target_makes_the_planner_throw_or_lose_a_byte()
    {
        var target = Gen.Elements(Pieces).ListOf().Select(pieces => "/" + string.Concat(pieces));
        var method = Gen.Elements("GET", "HEAD", "POST", "DELETE", "get", "", "BREW");
        var header = Gen.Elements("token app:S3CRET", "token ", "Bearer a.b.c", "Bearer a.e30.c", "", ":", "token a:b:c");
        var requests = from t in target from m in method from h in header select (t, m, h);
        Prop.ForAll(requests.ToArbitrary(), request =>
        {
            foreach (var provider in new[] { Definitions.Kite, Definitions.Coinbase })
            {
                var plan = Definitions.Plan(provider, Definitions.Request(request.m, request.t, ("Authorization", request.h), ("CB-ACCESS-KEY", request.h)));
                plan.Target.ShouldBe(request.t);
                plan.Items.Count.ShouldBeGreaterThan(0);
                plan.LimitKeys.Count.ShouldBe(plan.Endpoint.Limits.Count);
                var keys = string.Concat(plan.Items.Select(item => item.Key.Id).Where(id => id.StartsWith('/')).Concat(plan.LimitKeys));
                if (plan.Endpoint.Batch is null && !request.t.Contains('#') && IsSecretAlone(request.t))
                {
                    (plan.SafeTarget + keys).ShouldNotContain("S3CRET");
                }
            }
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(10_000));
    }

    // Pieces may run together into names nobody would give a secret; only parameters that stand alone are looked for.
    private static bool IsSecretAlone(string target)
    {
        var question = target.IndexOf('?', StringComparison.Ordinal);
        return question >= 0
            && !target[..question].Contains("S3CRET", StringComparison.Ordinal)
            && target[(question + 1)..].Split('&').All(piece => !piece.Contains("S3CRET", StringComparison.Ordinal) || piece is "apikey=S3CRET" or "access_token=S3CRET");
    }

    [Fact]
    public void No_header_value_makes_the_planner_throw()
    {
        Prop.ForAll(ArbMap.Default.ArbFor<string>(), value =>
        {
            var plan = Definitions.Plan(Definitions.Kite, Definitions.Get("/quote?i=A", ("Authorization", value ?? "")));
            plan.Items.Single().Text.ShouldBe("A");
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(2_000));
    }
}
