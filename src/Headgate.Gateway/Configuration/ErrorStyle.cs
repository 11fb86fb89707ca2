namespace Headgate.Gateway.Configuration;

/// <summary>The form of the gate's own errors.</summary>
public enum ErrorStyle
{
    /// <summary>RFC 9457 problem+json, with the provider's error members as extensions. The default.</summary>
    Problem,

    /// <summary>The provider's exact envelope and content type, for clients that read nothing else.</summary>
    Dialect,
}
