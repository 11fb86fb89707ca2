namespace Headgate.Strategies.Runs;

/// <summary>What a completed run left: its rows and metadata as JSON texts.</summary>
public sealed record RunOutput(string DataJson, string MetadataJson, long RowCount);
