namespace Headgate;

/// <summary>A keyed hash (HMAC-SHA-256 truncated to 128 bits) of one identity; the raw value is never kept. <c>default</c> means nobody in particular.</summary>
public readonly record struct IdentityHash(ulong High, ulong Low)
{
    public bool IsNone => (High | Low) == 0;

    /// <summary>Eight hex digits: enough to tell callers apart in an explanation, too few to test guesses against.</summary>
    public override string ToString() => IsNone ? "-" : (High >> 32).ToString("x8");
}

/// <summary>The three identities of a caller at one provider (design §4): whose limit is spent, whose data it is, who is entitled.</summary>
/// <remarks>Compared by value; safe to share between threads. A caller that shows no credential has <see cref="None"/>.</remarks>
public sealed record Identities(IdentityHash LimitKey, IdentityHash Account, IdentityHash Credential)
{
    public static Identities None { get; } = new(default, default, default);
}
