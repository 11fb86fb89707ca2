using Headgate.Gateway.Tests.Support;

namespace Headgate.Gateway.Tests.Proxy;

public sealed class SmokeTests
{
    [Fact]
    public async Task A_hit_is_answered_with_its_headers()
    {
        await using var gate = await Gate.Start();
        gate.Engine.Hit = _ => Results.Of(Results.Entry("{\"a\":1}"));
        var answer = await gate.Get("/test/quote?i=A");
        answer.Status.ShouldBe(200, answer.Body);
        answer.Body.ShouldBe("{\"a\":1}");
        answer["Cache-Status"].ShouldBe("headgate; hit; ttl=5");
        answer["Age"].ShouldBe("0");
    }
}
