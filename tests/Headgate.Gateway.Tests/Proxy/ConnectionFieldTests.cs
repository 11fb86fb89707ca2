using Headgate.Gateway.Tests.Support;

namespace Headgate.Gateway.Tests.Proxy;

/// <summary>http-contract "Hostile input": hop-by-hop and Connection-listed headers stay here.</summary>
public sealed class ConnectionFieldTests
{
    [Theory]
    [InlineData("close", "X-Hop")]
    [InlineData("keep-alive, X-Hop", null)]
    [InlineData("close, X-Hop", null)]
    [InlineData("X-Hop", null)]
    [InlineData("X-Hop , Close", null)]
    [InlineData("Upgrade, X-Hop", null)]
    [InlineData("X-Other", "X-Hop, keep-alive")]
    public async Task Connection_listed_headers_are_not_forwarded_however_they_are_listed(string first, string? second)
    {
        await using var gate = await Gate.Start();
        using var client = gate.Client();
        string[] more = second is null ? [] : ["Connection: " + second];
        (await client.Ask("GET", "/test/orders", ["x-hop: 1", "X-Stay: 1", "Connection: " + first, .. more])).Status.ShouldBe(200);
        gate.Engine.Forwarded.Single().Request.Headers.Select(header => header.Name).ShouldBe(["X-Stay"]);
        if (first.Contains("close", StringComparison.OrdinalIgnoreCase))
        {
            client.IsClosed().ShouldBeTrue();
        }
        else
        {
            (await client.Get("/test/orders")).Status.ShouldBe(200);
        }
    }
}
