using Headgate.Catalogue;

namespace Headgate.Tests.Catalogue;

public sealed class CallHeadersTests
{
    private static readonly ClientRequest Request = Definitions.Get(
        "/quote?i=A", ("Accept", "a"), ("If-None-Match", "\"x\""), ("accept", "b"), ("range", "bytes=0-1"), ("Cache-Control", "no-cache"), ("Pragma", "x"), ("X-Own", " v "));

    [Fact]
    public void A_shared_call_carries_no_conditions_ranges_or_cache_directives()
    {
        var plan = Definitions.Plan(Definitions.Kite, Request);
        CallHeaders.ForFetch(plan, Request).ShouldBe([new HeaderField("Accept", "a"), new HeaderField("accept", "b"), new HeaderField("X-Own", " v ")]);
    }

    [Fact]
    public void What_passes_through_keeps_its_headers_as_sent()
    {
        var plan = Definitions.Plan(Definitions.Kite, Request);
        CallHeaders.ForForward(plan, Request).ShouldBe(Request.Headers);
    }

    [Fact]
    public void Both_bring_the_gates_secret()
    {
        var plan = Definitions.Plan(Definitions.Kite, Request, new TestSecrets(("KITE_AUTHORIZATION", "k:t")));
        var secret = new HeaderField("Authorization", "token k:t");
        CallHeaders.ForFetch(plan, Request).ShouldContain(secret);
        CallHeaders.ForForward(plan, Request).ShouldContain(secret);
    }
}
