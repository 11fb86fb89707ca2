namespace Headgate;

/// <summary>Why a YAML text is not read.</summary>
/// <param name="Line">From 1.</param>
/// <param name="Reason">For the one who wrote it.</param>
public readonly record struct YamlFault(int Line, string Reason);
