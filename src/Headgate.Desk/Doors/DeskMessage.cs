namespace Headgate.Desk.Doors;

/// <summary>Something to send exactly once: an alert, an order.</summary>
/// <param name="Provider">Catalogue name of the provider.</param>
/// <param name="Method">POST, PUT, PATCH or DELETE.</param>
/// <param name="Target">Raw path and query below the provider; starts with a slash.</param>
public sealed record DeskMessage(string Provider, string Method, string Target)
{
    /// <summary>Who sends, for fairness and reports.</summary>
    public string Client { get; init; } = "desk";

    /// <summary>RFC 9218, 0 to 7. Default 3.</summary>
    public int Urgency { get; init; } = 3;

    /// <summary>Bounds waiting and call together; null takes the endpoint's.</summary>
    public TimeSpan? Deadline { get; init; }

    /// <summary>Its headers; content type included.</summary>
    public IReadOnlyList<HeaderField> Headers { get; init; } = [];

    /// <summary>Its body; empty sends none.</summary>
    public ReadOnlyMemory<byte> Body { get; init; }
}
