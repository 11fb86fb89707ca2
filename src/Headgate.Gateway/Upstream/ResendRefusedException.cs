namespace Headgate.Gateway.Upstream;

/// <summary>A request was to be written without an unused ticket. Nothing of it has left.</summary>
internal sealed class ResendRefusedException() : IOException("One charge, one arrival: this call has been written already, or was given up.");
