using System.Globalization;
using System.Text;
using Headgate.Catalogue;

namespace Headgate.History;

/// <summary>Asks an upstream again for closed bars that are stored, at the lowest urgency and within its limits, and tells what it restated.</summary>
/// <remarks>Thread-safe. Only stored bars are compared: what is still open changes by nature.</remarks>
public sealed class HistoryVerifier
{
    private const int DifferencesMax = 1_000;

    // Nobody waits for it: a call may stand behind everybody else's for a while.
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    private readonly Engine _engine;

    public HistoryVerifier(Engine engine) => _engine = engine;

    /// <summary>Compares, and replaces if asked to. The call brings the gate's own secret, since no client is behind it.</summary>
    public async ValueTask<HistoryVerification> VerifyAsync(HistoryQuestion question, CancellationToken cancellation)
    {
        if (!_engine.Catalogue.Providers.TryGetValue(question.Provider, out var provider) || !question.Series.StartsWith('/') || _engine.History is not { } history)
        {
            return Failed($"There is no provider {question.Provider}, or no history is kept.");
        }

        var bare = _engine.Plan(provider, Request(question.Series));
        if (bare.Endpoint is not { Range: { } range, Freshness.PastIsFinal: true } || bare.Bar is null)
        {
            return Failed($"{question.Series} is no series whose closed bars are kept; expected as /instruments/historical/408065/day.");
        }

        if (Bound(question.From, range, isEnd: false) is not { } from || Bound(question.To, range, isEnd: true) is not { } to || to < from)
        {
            return Failed("The range is not one; expected two dates as 2026-01-31, the earlier first.");
        }

        var asked = new InstantRange(from, to + 1);
        var target = WithBounds(question.Series, range, asked);
        if (_engine.Plan(provider, Request(target)).Range is not { } request)
        {
            return Failed($"{question.Series} cannot be asked for a range.");
        }

        var stored = await history.StoredAsync(request, cancellation);
        return await CompareAsync(provider, request, target, stored, question.Replace, cancellation);
    }

    private async ValueTask<HistoryVerification> CompareAsync(
        ProviderModel provider, RangeRequest request, string target, HistoryRows stored, bool replace, CancellationToken cancellation)
    {
        List<RowDifference> differences = [];
        var (calls, rows) = (0, 0);
        foreach (var part in GapPlanner.Plan(stored.Covered, request.Interval.MaxSpan, long.MaxValue))
        {
            var result = await AskAsync(provider, RangeTargets.Rewrite(target, request.Model, part), replace, cancellation);
            calls++;
            if (result.Single is not { } answer || RowSplitter.Split(answer.Body, request.Model) is not { } split)
            {
                var why = result.Refusal?.Detail ?? (result.Reply is { } reply ? $"the upstream answered {reply.Status}" : "the upstream's answer holds no rows");
                return new HistoryVerification($"Stopped at {DateTimeOffset.FromUnixTimeSeconds(part.Start):u}: {why}", calls, rows, replace, differences);
            }

            // Where one call did for two stored stretches, what lies between them was never stored.
            var known = stored.Covered.Select(held => held.And(part)).Where(static held => !held.IsEmpty).ToList();
            var before = stored.Rows.Where(row => part.Contains(row.Bar)).ToDictionary(row => row.Bar, row => row.Text);
            var after = split.Rows.Where(row => known.Exists(held => held.Contains(row.Bar))).ToDictionary(row => row.Bar, row => row.Text);
            rows += before.Count;
            foreach (var bar in before.Keys.Union(after.Keys).Order())
            {
                var (was, now) = (Text(before, bar), Text(after, bar));
                if (!string.Equals(was, now, StringComparison.Ordinal) && differences.Count < DifferencesMax)
                {
                    differences.Add(new RowDifference(DateTimeOffset.FromUnixTimeSeconds(bar), was, now));
                }
            }
        }

        return new HistoryVerification(calls == 0 ? "Nothing of that range is stored." : null, calls, rows, replace && differences.Count > 0, differences);
    }

    private ValueTask<FetchResult> AskAsync(ProviderModel provider, string target, bool replace, CancellationToken cancellation)
    {
        var request = Request(target);
        return _engine.FetchAsync(
            new Demand
            {
                Plan = _engine.Plan(provider, request),
                Request = request,
                Freshness = new Freshness { MaxAge = TimeSpan.Zero, NoStore = !replace },
                Urgency = Urgency.Of(7),
                Client = "headgate-verify",
                Deadline = Patience,
                RequestId = _engine.NextRequestId(),
            },
            cancellation);
    }

    private static HistoryVerification Failed(string problem) => new(problem, 0, 0, Replaced: false, []);

    private static ClientRequest Request(string target) => new() { Method = "GET", Target = target, Headers = [] };

    private static string? Text(Dictionary<long, ReadOnlyMemory<byte>> rows, long bar) => rows.TryGetValue(bar, out var text) ? Encoding.UTF8.GetString(text.Span) : null;

    private static string WithBounds(string series, RangeModel range, InstantRange asked)
    {
        var text = new StringBuilder(series).Append(series.Contains('?', StringComparison.Ordinal) ? '&' : '?');
        Percent.Encode(text, range.From, spaceAsPlus: true);
        text.Append("=x&");
        Percent.Encode(text, range.To, spaceAsPlus: true);
        return RangeTargets.Rewrite(text.Append("=x").ToString(), range, asked);
    }

    private static long? Bound(string text, RangeModel range, bool isEnd)
    {
        var seconds = RangeBounds.Read(text, range, isDay: true)
            ?? (DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var at) ? at.ToUnixTimeSeconds() : null);
        return isEnd && text.Length == "2026-01-31".Length ? seconds + (long)TimeSpan.FromDays(1).TotalSeconds - 1 : seconds;
    }
}
