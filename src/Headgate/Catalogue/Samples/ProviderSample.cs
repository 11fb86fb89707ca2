namespace Headgate.Catalogue;

/// <summary>A recorded request of a provider and what was answered: material to write and to check a definition with.</summary>
public sealed class ProviderSample
{
    /// <summary>The files' common name.</summary>
    public required string Name { get; init; }

    /// <summary>The request; its target is origin-form, without the base URL's prefix where <see cref="Origin"/> was not told.</summary>
    public required ClientRequest Request { get; init; }

    /// <summary>Scheme and authority of the request, or null when it names none.</summary>
    public Uri? Origin { get; init; }

    /// <summary>File of the request, for messages.</summary>
    public required string RequestFile { get; init; }

    /// <summary>File of the response, for messages; null when there is none.</summary>
    public string? ResponseFile { get; init; }

    public int Status { get; init; } = 200;

    public IReadOnlyList<HeaderField> Headers { get; init; } = [];

    /// <summary>The body as recorded, decoded.</summary>
    public ReadOnlyMemory<byte> Body { get; init; }

    /// <summary>Is there an answer to look at?</summary>
    public bool HasResponse => ResponseFile is not null;
}
