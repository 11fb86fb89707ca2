using System.Security.Cryptography;

namespace Headgate.Desk.Crypto.KingFisher;

/// <summary>A chart image to analyse.</summary>
/// <param name="Symbol">Whom it shows, as <c>BTC</c>; 1 to 32 letters, digits, - and _.</param>
/// <param name="Type">What it shows, as <c>liquidation_map</c>; alike.</param>
/// <param name="Bytes">The file: JPEG or PNG, at most 10 MB.</param>
public sealed record KingFisherImage(string Symbol, string Type, ReadOnlyMemory<byte> Bytes)
{
    /// <summary>Largest file: 10 MB.</summary>
    public const int BytesMax = 10 << 20;

    /// <summary>Its media type by its first bytes, whatever its file was called; null for anything but JPEG and PNG.</summary>
    public string? MediaType =>
        Bytes.Span.StartsWith(Png) ? "image/png"
        : Bytes.Span.StartsWith(Jpeg) ? "image/jpeg"
        : null;

    /// <summary>What it is known by: its bytes, its kind and its symbol. The same image is never analysed twice.</summary>
    public string Id => $"{Symbol}.{Type}.{Convert.ToHexStringLower(SHA256.HashData(Bytes.Span))}";

    private static ReadOnlySpan<byte> Png => [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A];

    private static ReadOnlySpan<byte> Jpeg => [0xFF, 0xD8, 0xFF];

    /// <summary>Why it is not taken, or null.</summary>
    public string? Fault() =>
        !IsName(Symbol) || !IsName(Type) ? "symbol and type are 1 to 32 letters, digits, - and _"
        : Bytes.Length > BytesMax ? $"the image has {Bytes.Length} bytes; up to {BytesMax} are taken"
        : MediaType is null ? "it is neither JPEG nor PNG"
        : null;

    public override string ToString() => $"{Type} of {Symbol}, {Bytes.Length} bytes";

    private static bool IsName(string text) => text.Length is > 0 and <= 32 && text.All(static c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_');
}
