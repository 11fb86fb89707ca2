namespace Headgate.SignIn;

/// <summary>Keeps single-use refresh tokens: each answer carries the next one, and a lost one needs a person to log in again (Questrade).</summary>
/// <remarks>Thread-safe. A completed write is durable: only then may the new token be used.</remarks>
public interface ITokenVault
{
    /// <summary>What was stored last under this name, or null. An empty token: something is there that can no longer be read.</summary>
    /// <exception cref="Budgets.LedgerException">It cannot be read; the message names the file and the remedy.</exception>
    ValueTask<StoredToken?> GetAsync(string name, CancellationToken cancellation);

    /// <summary>Replaces exactly what was read, durably; decides races between users of one vault, also across processes.</summary>
    /// <param name="expected">What <see cref="GetAsync"/> told last; null for nothing.</param>
    /// <param name="name">Provider, or provider and account, at most 256 characters.</param>
    /// <param name="token">The refresh token, at most 8 KiB.</param>
    /// <param name="state">What belongs to it (phase, access token, the login's API server), at most 64 KiB; empty for nothing.</param>
    /// <param name="cancellation">Gives the wait up; the write may happen all the same.</param>
    /// <returns>False, and nothing changed, when something else is stored by now.</returns>
    /// <exception cref="Budgets.LedgerException">It could not be made durable.</exception>
    ValueTask<bool> TryStoreAsync(StoredToken? expected, string name, string token, string state, CancellationToken cancellation);
}
