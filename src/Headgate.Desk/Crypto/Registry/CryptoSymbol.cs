namespace Headgate.Desk.Crypto.Registry;

/// <summary>A coin against USDT, whatever way it was written: <c>AVAX</c>, <c>avax</c>, <c>AVAX-USDT</c>, <c>avax/usdt</c> and <c>AVAXUSDT</c> are one.</summary>
/// <remarks>Compared by value. <c>default</c> is no symbol.</remarks>
public readonly record struct CryptoSymbol
{
    /// <summary>What a symbol may look like, for errors.</summary>
    internal const string Expected = "expected a coin alone or against USDT, as AVAX, AVAX-USDT or AVAXUSDT";

    private const string Quote = "USDT";
    private const int CharsMax = 15;

    private CryptoSymbol(string name) => Name = name;

    /// <summary>The coin alone in upper case, as <c>AVAX</c>.</summary>
    public string Name { get; }

    /// <summary>As <c>AVAX-USDT</c>, what market-wide lists name it by.</summary>
    public string Pair => $"{Name}-{Quote}";

    /// <summary>As <c>AVAXUSDT</c>.</summary>
    public string Merged => Name + Quote;

    /// <summary>Reads a symbol; false for anything but 1 to 15 letters and digits, alone or against USDT.</summary>
    public static bool TryParse(string? text, out CryptoSymbol symbol)
    {
        var plain = (text ?? "").Trim().ToUpperInvariant();
        var cut = plain.IndexOfAny(['-', '/', '_']);
        var name = cut >= 0 ? (plain[(cut + 1)..] == Quote ? plain[..cut] : "") : plain.Length > Quote.Length && plain.EndsWith(Quote, StringComparison.Ordinal) ? plain[..^Quote.Length] : plain;
        symbol = new CryptoSymbol(name);
        return name.Length is > 0 and <= CharsMax && name.All(char.IsAsciiLetterOrDigit);
    }

    /// <exception cref="FormatException">It is no symbol; the message tells what is.</exception>
    public static CryptoSymbol Parse(string text) =>
        TryParse(text, out var symbol) ? symbol : throw new FormatException($"'{text}' is no symbol; {Expected}.");

    public override string ToString() => Name;
}
