namespace Headgate.Cli.Health;

/// <summary>What one check found.</summary>
/// <param name="Check">What was looked at.</param>
/// <param name="Verdict">How it is.</param>
/// <param name="Detail">What was seen, and what to do when it is not well.</param>
internal sealed record Finding(string Check, Verdict Verdict, string Detail)
{
    public static Finding Good(string check, string detail) => new(check, Verdict.Ok, detail);

    public static Finding Odd(string check, string detail) => new(check, Verdict.Warning, detail);

    public static Finding Bad(string check, string detail) => new(check, Verdict.Failed, detail);
}

internal enum Verdict
{
    Ok,

    /// <summary>The gate works; something should be looked at.</summary>
    Warning,

    /// <summary>The gate cannot work like this.</summary>
    Failed,
}
