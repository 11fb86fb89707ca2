using Headgate.Upstream;
using Headgate.Upstreams;

namespace Headgate.Simulation;

/// <summary>Design §1.5: entitled data only for credentials this upstream has accepted; one account's data for that account alone (also by <see cref="NeverWrongData"/>).</summary>
internal sealed class NeverShared(SoakScene scene) : IInvariant
{
    private readonly HashSet<(string Class, string Key, string Credential)> _accepted = [];

    public string Name => "never shared across accounts";

    public void Arrived(UpstreamCall call, TwinReply reply)
    {
        if (reply.Status == 200 && TwinTransport.ToRequest(call).Header("Authorization") is { } authorization)
        {
            var parts = authorization["token ".Length..].Split(':');
            _accepted.Add((ClassOf(call.Target), parts[0], parts[1]));
        }
    }

    public void Answered(SoakAnswer answer)
    {
        var client = answer.Ask.Client;
        if (answer.IsServed && !answer.Items.All(item => item.IsNegative) && !_accepted.Contains((ClassOf(answer.Ask.Path), client.Key, client.Credential)))
        {
            scene.Fail(this, $"{answer.Ask} was served although the upstream has never accepted its credential there");
        }

        if (answer is { Kind: FetchKind.Passed, Status: 200, Body: { } said } && said.Contains("\"seq\":", StringComparison.Ordinal) && !client.IsValid)
        {
            scene.Fail(this, $"{answer.Ask} was passed a 200 with a credential the upstream refuses");
        }

        if (answer.Body is { } body && body.Contains("\"account\":", StringComparison.Ordinal) && !body.Contains($"\"account\":\"{client.Key}\"", StringComparison.Ordinal))
        {
            scene.Fail(this, $"{answer.Ask} was passed another account's answer: {body}");
        }
    }

    private static string ClassOf(string target) => target.StartsWith("/bars", StringComparison.Ordinal) ? "bars" : target.StartsWith("/portfolio", StringComparison.Ordinal) ? "portfolio" : SoakTwin.ClassOf(target);
}
