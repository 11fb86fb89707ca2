namespace Headgate.Desk.Crypto.Signals;

/// <summary>Tells what is new: each signal once, and nothing that happened long ago. Not thread-safe.</summary>
internal sealed class SignalNews
{
    // A start would tell of days.
    private static readonly TimeSpan AgeMax = TimeSpan.FromHours(2);

    private readonly Dictionary<string, DateTimeOffset> _told = new(StringComparer.Ordinal);

    public bool IsNew(CryptoSignal signal, DateTimeOffset now) => now - signal.At <= AgeMax && _told.TryAdd(signal.Key, signal.At);

    /// <summary>Drops what is too old to be told again.</summary>
    public void Forget(DateTimeOffset now)
    {
        foreach (var old in _told.Where(told => now - told.Value > AgeMax).Select(static told => told.Key).ToList())
        {
            _told.Remove(old);
        }
    }
}
