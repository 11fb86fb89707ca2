using System.Text;
using Headgate.Upstream;
using Headgate.Upstreams;

namespace Headgate.Simulation;

/// <summary>Design §1.6: a write arrives at most once, exactly once when it was answered, and not at all when it was refused.</summary>
internal sealed class WritesOnce(SoakScene scene) : IInvariant
{
    private readonly SortedDictionary<string, int> _arrivals = new(StringComparer.Ordinal);
    private readonly List<SoakAsk> _refused = [];

    public string Name => "writes exactly once";

    public void Arrived(UpstreamCall call, TwinReply reply)
    {
        if (string.Equals(call.Method, "POST", StringComparison.Ordinal))
        {
            var nonce = Encoding.UTF8.GetString(call.Body.Span);
            _arrivals[nonce] = _arrivals.GetValueOrDefault(nonce) + 1;
            if (_arrivals[nonce] > 1)
            {
                scene.Fail(this, $"order {nonce} arrived {_arrivals[nonce]} times");
            }
        }
    }

    public void Answered(SoakAnswer answer)
    {
        if (!answer.Ask.IsWrite)
        {
            return;
        }

        if (answer.IsServed)
        {
            scene.Fail(this, $"{answer.Ask} was answered from an entry");
        }

        if (answer.Kind == FetchKind.Passed && _arrivals.GetValueOrDefault(answer.Ask.Body) != 1)
        {
            scene.Fail(this, $"{answer.Ask} was answered {answer.Status} and arrived {_arrivals.GetValueOrDefault(answer.Ask.Body)} times");
        }

        if (answer.Refusal is { } refusal && refusal.Kind is not (RefusalKind.OutcomeUnknown or RefusalKind.UpstreamTimeout or RefusalKind.UpstreamUnusable))
        {
            _refused.Add(answer.Ask);
        }
    }

    public void Ended()
    {
        foreach (var ask in _refused)
        {
            if (_arrivals.ContainsKey(ask.Body))
            {
                scene.Fail(this, $"{ask} was refused and arrived all the same");
            }
        }
    }
}
