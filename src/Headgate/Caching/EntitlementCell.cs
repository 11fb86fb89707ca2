namespace Headgate.Caching;

/// <summary>Until when one credential is entitled to one class of endpoints. Plans hold on to it, so it is ended in place. Thread-safe.</summary>
internal sealed class EntitlementCell
{
    private long _untilTicks;

    public EngineTime Until
    {
        get => new(Volatile.Read(ref _untilTicks));
        set => Volatile.Write(ref _untilTicks, value.Ticks);
    }
}
