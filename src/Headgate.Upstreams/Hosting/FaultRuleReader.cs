using System.Text;
using System.Text.Json;
using Headgate.Upstreams.Faults;

namespace Headgate.Upstreams.Hosting;

/// <summary>
/// Reads a fault rule: <c>{"fault":"reset","class":"quote","method":"GET","path":"/quote","next":2,"chancePerMillion":500000,
/// "delayMs":0,"status":503,"retryAfterMs":2000,"bytes":16,"intervalMs":100,"body":"…","contentType":"…"}</c>; only fault is required.
/// </summary>
internal static class FaultRuleReader
{
    /// <exception cref="JsonException">Not JSON, or a member of the wrong type.</exception>
    /// <exception cref="ArgumentException">An unknown fault or an unknown member.</exception>
    public static FaultRule Read(ReadOnlyMemory<byte> json)
    {
        using var document = JsonDocument.Parse(json);
        if (document.RootElement.ValueKind != JsonValueKind.Object)
        {
            throw new JsonException("a fault rule is a JSON object");
        }

        var rule = new FaultRule(TwinFault.None);
        foreach (var member in document.RootElement.EnumerateObject())
        {
            rule = Apply(rule, member.Name, member.Value);
        }

        return rule.Fault.Kind == TwinFaultKind.None
            ? throw new ArgumentException($"fault is missing; expected one of {string.Join(", ", Enum.GetNames<TwinFaultKind>().Skip(1))}")
            : rule;
    }

    private static FaultRule Apply(FaultRule rule, string name, JsonElement value) => name switch
    {
        "fault" => rule with { Fault = rule.Fault with { Kind = Kind(value.GetString()) } },
        "class" => rule with { Class = value.GetString() },
        "method" => rule with { Method = value.GetString() },
        "path" => rule with { PathPrefix = value.GetString() },
        "next" => rule with { Next = value.GetInt32() },
        "chancePerMillion" => rule with { ChancePerMillion = value.GetInt32() },
        "delayMs" => rule with { Fault = rule.Fault with { Delay = Milliseconds(value) } },
        "status" => rule with { Fault = rule.Fault with { Status = Status(value.GetInt32()) } },
        "retryAfterMs" => rule with { Fault = rule.Fault with { RetryAfter = Milliseconds(value) } },
        "bytes" => rule with { Fault = rule.Fault with { Bytes = value.GetInt32() } },
        "intervalMs" => rule with { Fault = rule.Fault with { Interval = Milliseconds(value) } },
        "body" => rule with { Fault = rule.Fault with { Body = Encoding.UTF8.GetBytes(value.GetString() ?? "") } },
        "contentType" => rule with { Fault = rule.Fault with { ContentType = value.GetString() ?? "" } },
        _ => throw new ArgumentException($"unknown member {name}"),
    };

    private static TwinFaultKind Kind(string? name) =>
        Enum.TryParse<TwinFaultKind>(name, ignoreCase: true, out var kind) && Enum.IsDefined(kind)
            ? kind
            : throw new ArgumentException($"unknown fault {name}; expected one of {string.Join(", ", Enum.GetNames<TwinFaultKind>().Skip(1))}");

    private static int Status(int status)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(status, 200);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(status, 599);
        return status;
    }

    private static TimeSpan Milliseconds(JsonElement value)
    {
        var milliseconds = value.GetInt32();
        ArgumentOutOfRangeException.ThrowIfNegative(milliseconds);
        return TimeSpan.FromMilliseconds(milliseconds);
    }
}
