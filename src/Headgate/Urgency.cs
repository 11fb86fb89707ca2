namespace Headgate;

/// <summary>RFC 9218 urgency of a demand: 0 (most urgent) to 7 (background); the default is 3.</summary>
/// <remarks>Urgent means 0 or 1: such demands do not linger and may spend a budget's reserve.</remarks>
public readonly record struct Urgency
{
    private readonly byte _offset; // distance from the default, so that default(Urgency) is u=3

    private Urgency(int value) => _offset = (byte)((value - 3) & 7);

    /// <summary>The RFC 9218 value, 0 to 7.</summary>
    public int Value => (_offset + 3) & 7;

    /// <summary>u=3, what a demand has that states nothing.</summary>
    public static Urgency Default => default;

    /// <summary>True for u=0 and u=1: no linger, the reserve is theirs.</summary>
    public bool IsUrgent => Value <= 1;

    /// <summary>True for u=7: what nobody waits for, as refreshing and warming.</summary>
    public bool IsBackground => Value == 7;

    /// <summary>An urgency of the given RFC 9218 value.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is not 0 to 7.</exception>
    public static Urgency Of(int value)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(value);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(value, 7);
        return new Urgency(value);
    }

    public override string ToString() => $"u={Value}";
}
