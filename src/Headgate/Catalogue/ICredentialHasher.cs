namespace Headgate.Catalogue;

/// <summary>Keyed hashing of credentials; the key never leaves the implementation. Thread-safe.</summary>
public interface ICredentialHasher
{
    IdentityHash Hash(ReadOnlySpan<char> value);
}

/// <summary>Secrets of the gate itself, by name, from the environment or a 0600 file. Thread-safe.</summary>
public interface ISecretSource
{
    /// <summary>The secret, or null when it is not configured.</summary>
    string? Find(string name);
}
