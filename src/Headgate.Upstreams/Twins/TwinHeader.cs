namespace Headgate.Upstreams;

/// <summary>One header line; a name that occurs twice is two of these, in the order they arrived.</summary>
public readonly record struct TwinHeader(string Name, string Value);
