namespace Headgate.Desk.Fleet.Exchange;

/// <summary>Signs private requests of Coinbase Advanced Trade: a new token for every call, which names method, host and path.</summary>
public interface IRequestSigner
{
    /// <summary>The token for a request now.</summary>
    /// <param name="method">GET or POST.</param>
    /// <param name="path">Path without query.</param>
    /// <param name="now">Tokens live 120 s from here.</param>
    string Sign(string method, string path, DateTimeOffset now);
}
