using Headgate.Upstream;

namespace Headgate.Catalogue;

/// <summary>Builds the rules that recognise failures.</summary>
internal static class ErrorRuleBinder
{
    public static ErrorRule Bind(Fields fields, LimitBook limits, ErrorList errors)
    {
        var close = fields.Text("close");
        var untilReset = string.Equals(close, "untilReset", StringComparison.Ordinal);
        var kind = OutcomeWords.Kind(fields.Text("as") ?? "");
        if (close is not null && kind != OutcomeKind.Limited)
        {
            errors.Add(fields.At("close"), $"{fields.PathOf("close")} needs as: limited");
        }

        return new ErrorRule
        {
            Statuses = [.. (fields.Texts("status") ?? []).Where(text => StatusRange.TryParse(text, out _)).Select(Status)],
            Json = [.. fields.Entries("json").Select(entry => Condition(entry.Key, entry.Value))],
            BodyContains = fields.Text("body"),
            ContentType = fields.Text("contentType"),
            As = kind,
            Limits = limits.Find(fields, "limits") ?? [],
            RetryAfterPath = fields.MemberPath("retryAfter") ?? [],
            Closure = !untilReset && close is not null && Quantities.TryDuration(close, out var closure) ? closure : null,
            UntilReset = untilReset,
            Remember = Remember(fields, kind, errors),
        };
    }

    private static PlanMemory? Remember(Fields fields, OutcomeKind kind, ErrorList errors)
    {
        if (fields.Table("remember", CatalogueKeys.Remember) is not { } remember || remember.Duration("for") is not { } span)
        {
            return null;
        }

        if (kind != OutcomeKind.Plan)
        {
            errors.Add(fields.At("remember"), $"{fields.PathOf("remember")} needs as: plan");
        }

        return new PlanMemory(span, remember.Texts("except") ?? []);
    }

    private static (int From, int To) Status(string text)
    {
        _ = StatusRange.TryParse(text, out var range);
        return range;
    }

    private static JsonCondition Condition(string key, CatalogueNode value)
    {
        _ = MemberPath.TryParse(key, out var path);
        if (value is { Kind: NodeKind.Scalar, Quoted: false, Text: "true" or "false" })
        {
            return new JsonCondition(path, [], Absent: string.Equals(value.Text, "false", StringComparison.Ordinal));
        }

        return new JsonCondition(path, value.Kind == NodeKind.List ? [.. value.Items.Select(item => item.Text)] : [value.Text]);
    }
}
