using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Headgate.Upstreams.Tapes;

namespace Headgate.Upstreams.Kite;

/// <summary>Who is logged in, and what each account has written.</summary>
internal sealed class KiteState
{
    private readonly IReadOnlyList<KiteAccount> _accounts;
    private readonly Dictionary<string, string> _tokens = new(StringComparer.Ordinal); // user id -> the access token that is good now
    private readonly Dictionary<string, KiteLedger> _ledgers = new(StringComparer.Ordinal);
    private int _logins;

    public KiteState(IReadOnlyList<KiteAccount> accounts)
    {
        _accounts = accounts;
        Reset();
    }

    /// <summary>The account of an api key and access token, or null.</summary>
    public KiteAccount? Find(string apiKey, string accessToken) =>
        _accounts.FirstOrDefault(a => string.Equals(a.ApiKey, apiKey, StringComparison.Ordinal)
            && _tokens.TryGetValue(a.UserId, out var good) && string.Equals(good, accessToken, StringComparison.Ordinal));

    public KiteLedger LedgerOf(KiteAccount account) => _ledgers[account.UserId];

    /// <summary>Logs in with a request token (<c>USERID-anything</c> picks the account of the key) and ends the token before it.</summary>
    public (KiteAccount Account, string AccessToken)? Login(string? apiKey, string? requestToken, string? checksum)
    {
        foreach (var account in _accounts.Where(a => string.Equals(a.ApiKey, apiKey, StringComparison.Ordinal)))
        {
            var expected = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(apiKey + requestToken + account.ApiSecret)));
            var meant = requestToken?.Contains('-', StringComparison.Ordinal) != true || requestToken.StartsWith(account.UserId + "-", StringComparison.Ordinal);
            if (meant && string.Equals(expected, checksum, StringComparison.OrdinalIgnoreCase))
            {
                var token = string.Create(CultureInfo.InvariantCulture, $"{account.AccessToken}-{++_logins}");
                _tokens[account.UserId] = token;
                return (account, token);
            }
        }

        return null;
    }

    /// <summary>Ends an access token; false when it was not good.</summary>
    public bool Logout(string? apiKey, string? accessToken) =>
        apiKey is not null && accessToken is not null && Find(apiKey, accessToken) is { } account && _tokens.Remove(account.UserId);

    public void Reset()
    {
        _logins = 0;
        foreach (var account in _accounts)
        {
            _tokens[account.UserId] = account.AccessToken;
            _ledgers[account.UserId] = new KiteLedger(account.UserId, SyntheticPath.Hash(account.UserId));
        }
    }
}
