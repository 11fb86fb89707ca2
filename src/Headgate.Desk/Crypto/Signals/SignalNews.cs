namespace Headgate.Desk.Crypto.Signals;

/// <summary>Tells what is new: each signal once, and nothing that happened long ago or is yet to come. Not thread-safe.</summary>
internal sealed class SignalNews
{
    // A start would tell of days.
    private static readonly TimeSpan AgeMax = TimeSpan.FromHours(2);

    // What an upstream's clock may be ahead; what is stamped later is wrong, and would be kept for as long.
    private static readonly TimeSpan AheadMax = TimeSpan.FromMinutes(1);

    private readonly Dictionary<string, DateTimeOffset> _told = new(StringComparer.Ordinal);

    public bool IsNew(CryptoSignal signal, DateTimeOffset now) => now - signal.At is var age && age <= AgeMax && age >= -AheadMax && _told.TryAdd(signal.Key, signal.At);

    /// <summary>Drops what is too old to be told again.</summary>
    public void Forget(DateTimeOffset now)
    {
        foreach (var old in _told.Where(told => now - told.Value > AgeMax).Select(static told => told.Key).ToList())
        {
            _told.Remove(old);
        }
    }
}
