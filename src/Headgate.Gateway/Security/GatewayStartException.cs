namespace Headgate.Gateway.Security;

/// <summary>The gate refuses to start as configured; the message says what to change.</summary>
public sealed class GatewayStartException(string message, Exception? inner = null) : Exception(message, inner);
