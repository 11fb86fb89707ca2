namespace Headgate.Gateway.Configuration;

/// <summary>What an operator sets for one provider.</summary>
public sealed record ProviderSettings
{
    /// <summary>Scheme, authority and path prefix instead of the catalogue's; null keeps it. Given to the catalogue loader.</summary>
    public Uri? BaseUrl { get; init; }

    /// <summary>Address of a listener of its own with the provider mounted at <c>/</c>; null for none.</summary>
    public ListenAddress? Listen { get; init; }

    /// <summary>Form of the gate's own errors on that listener.</summary>
    public ErrorStyle Errors { get; init; }
}
