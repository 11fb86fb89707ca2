namespace Headgate.Simulation;

/// <summary>Who asks.</summary>
/// <param name="Name">For fairness and reports.</param>
/// <param name="Key">Limit key and account.</param>
/// <param name="Credential">Entitlement.</param>
public sealed record SoakClient(string Name, string Key, string Credential)
{
    /// <summary>The upstream accepts the credential.</summary>
    public bool IsValid => !string.Equals(Credential, SoakTwin.Invalid, StringComparison.Ordinal);

    /// <summary>Value of its Authorization header.</summary>
    public string Authorization => $"token {Key}:{Credential}";

    /// <summary>Two clients of one credential, a second credential of the same account, another account, and one whose credential is no longer good.</summary>
    public static IReadOnlyList<SoakClient> All { get; } =
    [
        new("desk", "k1", "c1"), new("bot", "k1", "c1"), new("night", "k1", "c2"), new("other", "k2", "c3"), new("late", "k1", SoakTwin.Invalid),
    ];
}
