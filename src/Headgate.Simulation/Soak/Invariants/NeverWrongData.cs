namespace Headgate.Simulation;

/// <summary>Design §1.3 and §1.5: what is served are bytes the upstream said for that item (and, where they belong to one, to that account), never going back in time.</summary>
internal sealed class NeverWrongData(SoakScene scene) : IInvariant
{
    private readonly Dictionary<(string Shape, string Account, string Item), List<(long AnsweredAt, long Order, long Sequence)>> _seen = [];

    public string Name => "never wrong data";

    public void Answered(SoakAnswer answer)
    {
        foreach (var item in answer.Items)
        {
            Check(answer, item);
        }

        if (answer.Kind == FetchKind.Passed && answer is { Status: 200, Body: { } body } && !HasSaid(answer.Ask, body))
        {
            scene.Fail(this, $"{answer.Ask} was passed a 200 that the upstream never said: {body}");
        }
    }

    // The last 100 ms of entries may be lost with the process; older ones may then be served again within their bounds.
    public void Crashed() => _seen.Clear();

    private void Check(SoakAnswer answer, ServedItem item)
    {
        var ask = answer.Ask;
        if (item.IsNegative)
        {
            if (!item.Id.Contains("NONE", StringComparison.Ordinal))
            {
                scene.Fail(this, $"{ask} was told that {item.Id} does not exist");
            }

            return;
        }

        if (Find(scene, ask, item.Text) is not { } saying)
        {
            scene.Fail(this, $"{ask} was served what the upstream never said of {item.Id}: {item.Text}");
            return;
        }

        var isItem = ask.Items.Count > 0;
        var key = (ask.Path, AccountOf(ask), isItem ? item.Id : "");
        var order = scene.Plan.HasAsOf && saying.AtMs > 0 ? saying.AtMs : saying.SentAt;
        if (!_seen.TryGetValue(key, out var seen))
        {
            seen = [];
            _seen.Add(key, seen);
        }

        foreach (var (answeredAt, earlier, sequence) in seen)
        {
            // Where memory is too small to hold what was just served, the gate cannot know what it has dropped.
            if (scene.Plan.MemoryBytes < SoakPlan.AmpleMemory)
            {
                break;
            }

            // Older both in truth and by what the gate can know (the data's own time, else the send).
            if (answeredAt <= ask.AskedAt && earlier > order && sequence > saying.Sequence)
            {
                scene.Fail(this, $"{ask} asked at {SoakScene.Seconds(ask.AskedAt)} was served arrival {saying.Sequence} of {item.Id} after arrival {sequence} had been served at {SoakScene.Seconds(answeredAt)}");
                return;
            }
        }

        if (!ask.Freshness.NoStore)
        {
            seen.Add((answer.AnsweredAt, order, saying.Sequence));
        }
    }

    // What is never cached passes through unjudged; what could be cached must be what the upstream meant to say.
    private bool HasSaid(SoakAsk ask, string body) => ask.Path is "/orders"
        ? scene.Oracle.HasReplied(ask.Target, ask.Client.Key, body)
        : Find(scene, ask, body) is not null;

    internal static Saying? Find(SoakScene scene, SoakAsk ask, string text) =>
        scene.Oracle.Find(ask.Items.Count > 0 ? ask.Path : ask.Target, AccountOf(ask), text);

    private static string AccountOf(SoakAsk ask) => ask.Path is "/portfolio" or "/orders" ? ask.Client.Key : "";
}
