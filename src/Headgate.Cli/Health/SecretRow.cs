namespace Headgate.Cli.Health;

/// <summary>What is known of one secret; never the secret.</summary>
/// <param name="Provider">The provider it is for, or null for a secret that no definition uses.</param>
/// <param name="Purpose">The purpose it is for, or null for all others.</param>
/// <param name="Secret">Its name.</param>
/// <param name="Variable">The environment variable it may be in; an older name is honoured besides where one is known.</param>
/// <param name="Source">The variable or file it comes from, or null.</param>
/// <param name="Present">Is it there?</param>
/// <param name="Permissions"><c>ok</c>; <c>wide</c> where others may read or change its file; null for a variable or nothing.</param>
/// <param name="Endpoints">Endpoints whose calls carry it for callers that bring none.</param>
/// <param name="Problem">What is wrong and the remedy, or null.</param>
internal sealed record SecretRow(
    string? Provider, string? Purpose, string Secret, string Variable, string? Source, bool Present, string? Permissions, IReadOnlyList<string> Endpoints, string? Problem);
