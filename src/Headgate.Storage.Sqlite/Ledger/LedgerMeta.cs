namespace Headgate.Storage.Sqlite;

/// <summary>Keys of the ledger's <c>meta</c> table; values only grow.</summary>
internal static class LedgerMeta
{
    /// <summary>Greater than every charge id used.</summary>
    public const string NextChargeId = "next_charge_id";

    /// <summary>Wall-clock ticks (UTC) until which a ledger that lost its past refuses charges.</summary>
    public const string RefuseUntil = "refuse_until";

    /// <summary>Written by a probe; its value means nothing.</summary>
    public const string Probe = "probe";
}
