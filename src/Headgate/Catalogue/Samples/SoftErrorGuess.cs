using System.Text.Json;
using Headgate.Upstream;

namespace Headgate.Catalogue;

/// <summary>An answer with a good status that looks like an error.</summary>
/// <param name="Member">The member that gives it away.</param>
/// <param name="Value">What it says, when that is a word to test (<c>status: error</c>); else null.</param>
/// <param name="As">What it seems to mean.</param>
/// <param name="Sample">Where it was seen.</param>
internal sealed record SoftErrorGuess(string Member, string? Value, OutcomeKind As, string Sample)
{
    private static readonly string[] Telling = ["error", "errors", "Error Message", "Information", "Note", "message", "code", "error_code", "error_message"];

    public static IEnumerable<SoftErrorGuess> In(DraftEndpoint endpoint)
    {
        var bodies = endpoint.Answered.Select(sample => (Sample: sample, Members: Members(sample))).Where(pair => pair.Members is not null).ToList();
        foreach (var (sample, members) in bodies)
        {
            if (members!.TryGetValue("status", out var status) && status is "error" or "ERROR" or "fail")
            {
                yield return new SoftErrorGuess("status", status, Meaning(sample), sample.Name);
            }
            else if (members.TryGetValue("success", out var success) && success is "false" or "False")
            {
                yield return new SoftErrorGuess("success", "false", Meaning(sample), sample.Name);
            }
            else if (Telling.FirstOrDefault(name => IsTold(members, name) && !bodies.Exists(other => other.Sample != sample && IsGood(other.Members!, members) && IsTold(other.Members!, name))) is { } member
                && (bodies.Exists(other => !IsTold(other.Members!, member)) || members.Count <= 3))
            {
                yield return new SoftErrorGuess(member, null, Meaning(sample), sample.Name);
            }
        }
    }

    private static bool IsTold(Dictionary<string, string> members, string name) => members.TryGetValue(name, out var value) && value is not ("" or "[]" or "{}" or "0" or "False" or "false" or "null");

    // A member that other answers have as well is data.
    private static bool IsGood(Dictionary<string, string> other, Dictionary<string, string> members) => other.Keys.Except(members.Keys, StringComparer.Ordinal).Any();

    private static Dictionary<string, string>? Members(ProviderSample sample)
    {
        try
        {
            using var document = JsonDocument.Parse(sample.Body);
            return document.RootElement.ValueKind != JsonValueKind.Object || !JsonWords.AreTexts(sample.Body.Span)
                ? null
                : document.RootElement.EnumerateObject().GroupBy(member => member.Name, StringComparer.Ordinal).ToDictionary(group => group.Key, group => Short(group.First().Value), StringComparer.Ordinal);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static string Short(JsonElement value) => value.ValueKind is JsonValueKind.Object or JsonValueKind.Array ? value.GetRawText() is { Length: <= 2 } empty ? empty : "…" : value.ToString();

    private static OutcomeKind Meaning(ProviderSample sample)
    {
        var text = System.Text.Encoding.UTF8.GetString(sample.Body.Span[..Math.Min(sample.Body.Length, 4_096)]);
        return Says("limit", "too many", "throttle", "credits", "quota") ? OutcomeKind.Limited
            : Says("premium", "upgrade", "subscription", "not entitled") ? OutcomeKind.Plan
            : Says("api key", "apikey", "token", "unauthorized", "forbidden", "permission") ? OutcomeKind.Unauthorized
            : Says("not found", "unknown", "invalid symbol", "no data", "delisted") ? OutcomeKind.NotFound
            : Says("try again", "unavailable", "maintenance", "timeout") ? OutcomeKind.Transient
            : OutcomeKind.Permanent;

        bool Says(params ReadOnlySpan<string> words)
        {
            foreach (var word in words)
            {
                if (text.Contains(word, StringComparison.OrdinalIgnoreCase))
                {
                    return true;
                }
            }

            return false;
        }
    }
}
