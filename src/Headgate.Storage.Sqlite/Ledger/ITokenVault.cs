namespace Headgate.Storage.Sqlite;

/// <summary>Keeps single-use refresh tokens: each answer carries the next one, and a lost one needs a person to log in again (Questrade).</summary>
/// <remarks>Thread-safe. A completed <see cref="StoreAsync"/> means durable: only then may the new token be used.</remarks>
public interface ITokenVault
{
    /// <summary>What was stored last for this provider (or provider and account), or null.</summary>
    ValueTask<StoredToken?> GetAsync(string provider, CancellationToken cancellation);

    /// <summary>Replaces it durably.</summary>
    /// <param name="provider">Provider, or provider and account, at most 256 characters.</param>
    /// <param name="token">The refresh token, at most 8 KiB.</param>
    /// <param name="state">What belongs to it (the login's API server, say), at most 64 KiB; empty for nothing.</param>
    /// <exception cref="Budgets.LedgerException">It could not be made durable.</exception>
    ValueTask StoreAsync(string provider, string token, string state, CancellationToken cancellation);
}
