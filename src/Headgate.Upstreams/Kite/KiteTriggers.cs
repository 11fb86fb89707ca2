using System.Globalization;
using System.Text.Json.Nodes;

namespace Headgate.Upstreams.Kite;

/// <summary>GTT (good till triggered) orders: kept and answered, never triggered.</summary>
internal static class KiteTriggers
{
    public static TwinReply All(KiteLedger ledger) => KiteReply.Success(new JsonArray([.. ledger.Triggers.Select(t => t.DeepClone())]));

    public static TwinReply One(KiteLedger ledger, string id) => Find(ledger, id) is { } found ? KiteReply.Success(found.DeepClone()) : Unknown();

    public static TwinReply Place(KiteLedger ledger, IReadOnlyDictionary<string, string> form, long sequence, DateTimeOffset now)
    {
        if (Parse(form, out var condition, out var orders) is { } refusal)
        {
            return refusal;
        }

        if (ledger.Triggers.Count == KiteLedger.OrdersMax)
        {
            ledger.Triggers.RemoveAt(0);
        }

        ledger.Triggers.Add(new JsonObject
        {
            ["id"] = sequence,
            ["user_id"] = ledger.UserId,
            ["parent_trigger"] = null,
            ["type"] = form.GetValueOrDefault("type", "single"),
            ["created_at"] = KiteTime.Stamp(now),
            ["updated_at"] = KiteTime.Stamp(now),
            ["expires_at"] = KiteTime.Stamp(now.AddYears(1)),
            ["status"] = "active",
            ["condition"] = condition,
            ["orders"] = orders,
            ["meta"] = new JsonObject(),
        });
        return Id(sequence);
    }

    public static TwinReply Modify(KiteLedger ledger, string id, IReadOnlyDictionary<string, string> form, DateTimeOffset now)
    {
        if (Find(ledger, id) is not { } found)
        {
            return Unknown();
        }

        if (Parse(form, out var condition, out var orders) is { } refusal)
        {
            return refusal;
        }

        found["condition"] = condition;
        found["orders"] = orders;
        found["updated_at"] = KiteTime.Stamp(now);
        return Id((long)found["id"]!);
    }

    public static TwinReply Delete(KiteLedger ledger, string id)
    {
        if (Find(ledger, id) is not { } found)
        {
            return Unknown();
        }

        ledger.Triggers.Remove(found);
        return Id((long)found["id"]!);
    }

    private static TwinReply? Parse(IReadOnlyDictionary<string, string> form, out JsonNode? condition, out JsonNode? orders)
    {
        condition = orders = null;
        try
        {
            condition = JsonNode.Parse(form.GetValueOrDefault("condition", ""));
            orders = JsonNode.Parse(form.GetValueOrDefault("orders", ""));
        }
        catch (System.Text.Json.JsonException)
        {
            return KiteReply.Input("Invalid `condition` or `orders`.");
        }

        return null;
    }

    private static JsonObject? Find(KiteLedger ledger, string id) =>
        ledger.Triggers.Find(t => string.Equals(((long)t["id"]!).ToString(CultureInfo.InvariantCulture), id, StringComparison.Ordinal));

    private static TwinReply Id(long id) => KiteReply.Success(new JsonObject { ["trigger_id"] = id });

    private static TwinReply Unknown() => KiteReply.NotFound("Couldn't find that `trigger_id`.");
}
