using System.Buffers.Text;
using System.Globalization;
using System.Text;

namespace Headgate.Desk.Fleet.Exchange;

/// <summary>Tokens without a signature, which emulated exchanges take: for demonstrations and tests.</summary>
/// <param name="subject">The key they name.</param>
public sealed class UnsignedTokens(string subject = "demo") : IRequestSigner
{
    public string Sign(string method, string path, DateTimeOffset now)
    {
        var begins = now.ToUnixTimeSeconds();
        var claims = string.Create(CultureInfo.InvariantCulture, $$"""{"sub":"{{subject}}","iss":"cdp","nbf":{{begins}},"exp":{{begins + 120}},"uri":"{{method}} api.coinbase.com{{path}}"}""");
        return $"{Base64Url.EncodeToString("""{"alg":"none"}"""u8)}.{Base64Url.EncodeToString(Encoding.UTF8.GetBytes(claims))}.unsigned";
    }
}
