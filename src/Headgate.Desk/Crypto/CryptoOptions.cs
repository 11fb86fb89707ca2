using Headgate.Desk.Crypto.Registry;
using Headgate.Refresh;
using Microsoft.Extensions.Configuration;

namespace Headgate.Desk.Crypto;

/// <summary>Settings of the crypto desk: configuration section <c>desk:crypto</c>. What is not stated has its default.</summary>
public sealed record CryptoOptions
{
    /// <summary>Symbols at once, at most: each has up to eleven watches of its own, and the gate keeps a thousand.</summary>
    public const int SymbolsMax = 80;

    /// <summary>Symbols watched until some are added or removed at run time, separated by commas. Default: twenty-five coins, the replaced system's sample first.</summary>
    public string Symbols { get; init; } = "AVAX, BTC, ETH, SOL, XRP, DOGE, ADA, LINK, LTC, DOT, UNI, SUI, BNB, TRX, ATOM, NEAR, APT, ARB, OP, INJ, FIL, ETC, XLM, AAVE, BCH";

    /// <summary>The refresh strategy of both providers, whatever is seen: <c>aggressive</c>, <c>normal</c>, <c>conservative</c>, <c>minimal</c>. Default <c>auto</c>: it adjusts itself.</summary>
    public string Strategy { get; init; } = Auto;

    /// <summary>Where prices of single symbols come from. Default <c>auto</c>.</summary>
    public CryptoTickers Tickers { get; init; } = CryptoTickers.Auto;

    /// <summary>Whether KingFisher's latest records are kept fresh too; needs an analyser that answers <c>GET /latest</c>. Default false.</summary>
    public bool KingFisher { get; init; }

    /// <summary>Whether signals go out as alerts, by the channels of <c>desk:alerts</c>. Default false.</summary>
    public bool Alerts { get; init; }

    /// <summary>Rows of the registry that are changed, by name or id.</summary>
    public IReadOnlyDictionary<string, CryptoOverride> Endpoints { get; init; } = new Dictionary<string, CryptoOverride>(StringComparer.Ordinal);

    private const string Auto = "auto";

    /// <summary>The registry with <see cref="Endpoints"/> applied.</summary>
    /// <exception cref="FormatException">An override cannot be used.</exception>
    public CryptoRegistry Registry() => CryptoRegistry.Shipped.With(Endpoints);

    /// <summary><see cref="Symbols"/>, each once.</summary>
    /// <exception cref="FormatException">One is no symbol, or there are more than <see cref="SymbolsMax"/>.</exception>
    public IReadOnlyList<CryptoSymbol> SymbolList()
    {
        var symbols = Symbols.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
            .Select(static text => CryptoSymbol.TryParse(text, out var symbol) ? symbol : throw new FormatException($"desk:crypto:symbols holds '{text}'; {CryptoSymbol.Expected}."))
            .Distinct().ToList();
        return symbols.Count <= SymbolsMax ? symbols : throw new FormatException($"desk:crypto:symbols names {symbols.Count}; up to {SymbolsMax} are watched.");
    }

    /// <summary>What <see cref="Strategy"/> pins, or null for none.</summary>
    /// <exception cref="FormatException">It is no strategy.</exception>
    public RefreshStrategy? Pin() =>
        string.Equals(Strategy, Auto, StringComparison.OrdinalIgnoreCase) ? null
        : Enum.TryParse<RefreshStrategy>(Strategy, ignoreCase: true, out var strategy) && !char.IsAsciiDigit(Strategy[0]) ? strategy
        : throw new FormatException($"desk:crypto:strategy is '{Strategy}'; expected auto, aggressive, normal, conservative or minimal.");

    /// <summary>Reads the section.</summary>
    /// <exception cref="FormatException">A value cannot be read or is out of its range; the message names each.</exception>
    public static CryptoOptions From(IConfiguration configuration)
    {
        CryptoOptions options;
        try
        {
            options = configuration.GetSection("desk:crypto").Get<CryptoOptions>() ?? new CryptoOptions();
        }
        catch (InvalidOperationException error)
        {
            throw new FormatException($"The section desk:crypto cannot be read: {error.InnerException?.Message ?? error.Message} {error.Message}", error);
        }

        options.Check();
        return options;
    }

    /// <exception cref="FormatException">A value is out of its range; the message names each.</exception>
    public void Check()
    {
        List<string> faults = [];
        foreach (var check in (Action[])[() => Registry(), () => Pin(), () => SymbolList()])
        {
            try
            {
                check();
            }
            catch (FormatException fault)
            {
                faults.Add(fault.Message);
            }
        }

        if (faults.Count > 0)
        {
            throw new FormatException(string.Join(Environment.NewLine, faults));
        }
    }
}
