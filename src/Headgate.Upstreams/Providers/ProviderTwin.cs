using System.Globalization;
using System.Text;
using System.Text.Json;
using Headgate.Upstreams.Faults;
using Headgate.Upstreams.Limits;

namespace Headgate.Upstreams.Providers;

/// <summary>What the twins of the smaller providers share: known keys, made-up instruments and JSON answers.</summary>
/// <remarks>Symbols that begin with <c>NO</c> are unknown; every other one exists and has a price that follows from its name and the moment.</remarks>
public abstract class ProviderTwin : Twin
{
    private readonly HashSet<string> _keys;

    /// <param name="name">The provider's catalogue name.</param>
    /// <param name="rules">Its limits.</param>
    /// <param name="keys">Credentials it takes; null takes <c>demo</c> alone.</param>
    /// <param name="faults">Faults to apply; null applies none.</param>
    protected ProviderTwin(string name, IReadOnlyList<LimitRule> rules, IReadOnlyList<string>? keys, FaultPlan? faults)
        : base(name, rules, faults ?? new FaultPlan(new Random(0)), new TwinCounters()) => _keys = new HashSet<string>(keys ?? ["demo"], StringComparer.Ordinal);

    protected bool Knows(string? key) => key is not null && _keys.Contains(key);

    protected static bool IsKnown(string? symbol) => symbol is { Length: > 0 } && !symbol.StartsWith("NO", StringComparison.Ordinal);

    /// <summary>A price with two places that changes every second.</summary>
    protected static string Price(string symbol, DateTimeOffset now)
    {
        var high = Tapes.SyntheticPath.Hash(symbol);
        var cents = (long)(1_000 + (high % 90_000)) + (long)(unchecked(high + (ulong)now.ToUnixTimeSeconds()) % 97);
        return (cents / 100m).ToString("F2", CultureInfo.InvariantCulture);
    }

    /// <summary>Text as a JSON string with its quotes.</summary>
    protected static string Quoted(string text) => $"\"{JsonEncodedText.Encode(text)}\"";

    protected static TwinReply Json(string body, int status = 200, params IReadOnlyList<TwinHeader> headers) =>
        new(status, [new("Content-Type", "application/json; charset=utf-8"), .. headers], Encoding.UTF8.GetBytes(body));

    protected static TwinHeader Header(string name, long value) => new(name, value.ToString(CultureInfo.InvariantCulture));

    /// <summary>What follows a prefix of a header's value, or null.</summary>
    protected static string? After(string? value, string prefix) =>
        value?.StartsWith(prefix, StringComparison.OrdinalIgnoreCase) == true ? value[prefix.Length..] : null;
}
