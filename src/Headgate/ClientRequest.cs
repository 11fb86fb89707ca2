namespace Headgate;

/// <summary>A request as the edge hands it to the engine: hop-by-hop headers and the gate's own are already taken out.</summary>
public sealed class ClientRequest
{
    /// <summary>Upper-case method.</summary>
    public required string Method { get; init; }

    /// <summary>Raw path and query below the provider, byte for byte as sent; starts with a slash.</summary>
    public required string Target { get; init; }

    /// <summary>End-to-end headers in the order sent.</summary>
    public required IReadOnlyList<HeaderField> Headers { get; init; }

    public ReadOnlyMemory<byte> Body { get; init; }

    public bool HasBody { get; init; }

    public string? Header(string name)
    {
        foreach (var header in Headers)
        {
            if (header.Is(name))
            {
                return header.Value;
            }
        }

        return null;
    }
}
