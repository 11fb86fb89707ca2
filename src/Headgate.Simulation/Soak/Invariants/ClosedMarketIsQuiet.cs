namespace Headgate.Simulation;

/// <summary>Design §1.10: once an item was verified after the close, demands without a bound of their own cost no call for it until the next open.</summary>
internal sealed class ClosedMarketIsQuiet(SoakScene scene) : IInvariant
{
    private readonly HashSet<(string Path, string Item)> _verified = [];
    private readonly Dictionary<(string Path, string Key, string Credential), long> _entitledAt = [];

    private long _lastVerified;

    public string Name => "a closed market costs no calls";

    public void Answered(SoakAnswer answer)
    {
        var ask = answer.Ask;
        if (scene.Plan.ClosesAfter is not { } closes || scene.Plan.MemoryBytes < SoakPlan.AmpleMemory || ask.Items.Count == 0)
        {
            return;
        }

        var caller = (ask.Path, ask.Client.Key, ask.Client.Credential);
        if (IsUnbounded(ask) && _entitledAt.TryGetValue(caller, out var entitledAt) && entitledAt < ask.AskedAt && answer.Kind != FetchKind.Hit && ask.Items.All(item => _verified.Contains((ask.Path, item)))
            && ask.AskedAt > _lastVerified)
        {
            scene.Fail(this, $"{ask} was {answer.Kind} although everything was verified after the close");
        }

        if (answer.Kind == FetchKind.Fetched && !ask.Freshness.NoStore)
        {
            _entitledAt.TryAdd(caller, answer.AnsweredAt);
            foreach (var item in answer.Items)
            {
                if (item.IsNegative || NeverWrongData.Find(scene, ask, item.Text) is not { } saying)
                {
                    continue;
                }

                if (saying.SentAt < closes.Ticks)
                {
                    // A call sent before the close may land after a verification with newer data, which then is to be verified itself.
                    _verified.RemoveWhere(verified => string.Equals(verified.Item, item.Id, StringComparison.Ordinal));
                }
                else if (_verified.Add((ask.Path, item.Id)))
                {
                    _lastVerified = answer.AnsweredAt;
                }
            }
        }
    }

    // What was verified in the last 100 ms may be lost; it is verified again.
    public void Crashed()
    {
        _verified.Clear();
        _entitledAt.Clear();
    }

    private static bool IsUnbounded(SoakAsk ask) => ask.Freshness == default && ask.SinceAtMost is null;
}
