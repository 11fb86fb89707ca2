namespace Headgate.Desk.Crypto.KingFisher;

/// <summary>The Airtable base is not as the pipeline needs it. The message names what is missing.</summary>
public sealed class KingFisherSetupException(string message) : IOException(message);
