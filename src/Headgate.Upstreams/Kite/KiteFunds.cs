using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;

namespace Headgate.Upstreams.Kite;

/// <summary>Mutual fund endpoints: orders and plans are kept and answered, holdings follow from the user id.</summary>
internal static class KiteFunds
{
    private const string Columns =
        "tradingsymbol,amc,name,purchase_allowed,redemption_allowed,minimum_purchase_amount,purchase_amount_multiplier,minimum_additional_purchase_amount,"
        + "minimum_redemption_quantity,redemption_quantity_multiplier,dividend_type,scheme_type,plan,settlement_type,last_price,last_price_date\n";

    public static TwinReply Instruments(DateTimeOffset now)
    {
        var text = new StringBuilder(Columns);
        for (var i = 1; i <= 20; i++)
        {
            text.Append(
                CultureInfo.InvariantCulture,
                $"INF0SYN{i:00000},SyntheticAMC_MF,Synthetic Fund {i} - Direct Plan,1,1,5000.0,1.0,1000.0,0.001,0.001,growth,equity,direct,T3,{10 + i}.25,{KiteTime.Day(now).AddDays(-1):yyyy-MM-dd}\n");
        }

        return new TwinReply(200, [new("Content-Type", "text/csv")], Encoding.UTF8.GetBytes(text.ToString()));
    }

    public static TwinReply Holdings(KiteLedger ledger) => KiteReply.Success(new JsonArray(new JsonObject
    {
        ["folio"] = $"{ledger.Draw % 10_000_000}/61",
        ["fund"] = "Synthetic Fund 1 - Direct Plan",
        ["tradingsymbol"] = "INF0SYN00001",
        ["average_price"] = 10.5m,
        ["last_price"] = 11.25m,
        ["last_price_date"] = "",
        ["pnl"] = 0,
        ["quantity"] = 1 + (long)(ledger.Draw % 900),
    }));

    public static TwinReply All(List<JsonObject> kept) => KiteReply.Success(new JsonArray([.. kept.Select(k => k.DeepClone())]));

    public static TwinReply One(List<JsonObject> kept, string idName, string id) =>
        kept.Find(k => string.Equals((string)k[idName]!, id, StringComparison.Ordinal)) is { } found ? KiteReply.Success(found.DeepClone()) : Unknown(idName);

    public static TwinReply PlaceOrder(KiteLedger ledger, IReadOnlyDictionary<string, string> form, long sequence, DateTimeOffset now) =>
        Keep(ledger.FundOrders, "order_id", sequence, new JsonObject
        {
            ["tradingsymbol"] = form.GetValueOrDefault("tradingsymbol", ""),
            ["fund"] = "Synthetic Fund",
            ["status"] = "OPEN",
            ["status_message"] = null,
            ["folio"] = null,
            ["order_timestamp"] = KiteTime.Stamp(now),
            ["exchange_timestamp"] = null,
            ["settlement_id"] = null,
            ["transaction_type"] = form.GetValueOrDefault("transaction_type", "BUY"),
            ["variety"] = "regular",
            ["purchase_type"] = "FRESH",
            ["quantity"] = 0,
            ["amount"] = Amount(form),
            ["last_price"] = 11.25m,
            ["average_price"] = 0,
            ["placed_by"] = ledger.UserId,
            ["tag"] = form.GetValueOrDefault("tag"),
        });

    public static TwinReply PlacePlan(KiteLedger ledger, IReadOnlyDictionary<string, string> form, long sequence, DateTimeOffset now) =>
        Keep(ledger.FundPlans, "sip_id", sequence, new JsonObject
        {
            ["tradingsymbol"] = form.GetValueOrDefault("tradingsymbol", ""),
            ["fund"] = "Synthetic Fund",
            ["dividend_type"] = "growth",
            ["transaction_type"] = "BUY",
            ["status"] = "ACTIVE",
            ["sip_type"] = "sip",
            ["created"] = KiteTime.Stamp(now),
            ["frequency"] = form.GetValueOrDefault("frequency", "monthly"),
            ["instalment_amount"] = Amount(form),
            ["instalments"] = 12,
            ["last_instalment"] = KiteTime.Stamp(now),
            ["pending_instalments"] = 12,
            ["instalment_day"] = 1,
            ["completed_instalments"] = 0,
            ["tag"] = form.GetValueOrDefault("tag"),
        });

    public static TwinReply ModifyPlan(KiteLedger ledger, string id, IReadOnlyDictionary<string, string> form)
    {
        if (ledger.FundPlans.Find(k => string.Equals((string)k["sip_id"]!, id, StringComparison.Ordinal)) is not { } found)
        {
            return Unknown("sip_id");
        }

        found["status"] = form.GetValueOrDefault("status", "active").ToUpperInvariant();
        return KiteReply.Success(new JsonObject { ["sip_id"] = id });
    }

    public static TwinReply Remove(List<JsonObject> kept, string idName, string id) =>
        kept.RemoveAll(k => string.Equals((string)k[idName]!, id, StringComparison.Ordinal)) > 0 ? KiteReply.Success(new JsonObject { [idName] = id }) : Unknown(idName);

    private static TwinReply Keep(List<JsonObject> kept, string idName, long sequence, JsonObject row)
    {
        var id = sequence.ToString(CultureInfo.InvariantCulture);
        row.Insert(0, idName, id);
        if (kept.Count == KiteLedger.OrdersMax)
        {
            kept.RemoveAt(0);
        }

        kept.Add(row);
        return KiteReply.Success(new JsonObject { [idName] = id });
    }

    private static decimal Amount(IReadOnlyDictionary<string, string> form) =>
        decimal.TryParse(form.GetValueOrDefault("amount"), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var amount) ? amount : 0;

    private static TwinReply Unknown(string idName) => KiteReply.NotFound($"Couldn't find that `{idName}`.");
}
