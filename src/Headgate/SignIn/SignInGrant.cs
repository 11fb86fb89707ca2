namespace Headgate.SignIn;

/// <summary>What calls carry while a sign-in holds. Prints nothing of it.</summary>
/// <param name="Since">When it was asked for.</param>
internal sealed record SignInGrant(EngineTime Since)
{
    /// <summary>In place of the caller's headers of the same names.</summary>
    public IReadOnlyList<HeaderField> Headers { get; init; } = [];

    /// <summary>A query parameter, coded, without separators; empty for none.</summary>
    public string Parameter { get; init; } = "";

    /// <summary>The server this sign-in named, or null for the provider's own address.</summary>
    public Uri? Server { get; init; }

    /// <summary>Until when it may be used.</summary>
    public EngineTime Until { get; init; } = EngineTime.Never;

    /// <summary>The request's headers with these in their place.</summary>
    public IReadOnlyList<HeaderField> Over(IReadOnlyList<HeaderField> headers) =>
        [.. headers.Where(header => !Headers.Any(own => own.Is(header.Name))), .. Headers.Where(own => own.Value.Length > 0)];

    /// <summary>The target with the parameter at its end.</summary>
    public string Over(string target) => Parameter.Length == 0 ? target : $"{target}{(target.Contains('?', StringComparison.Ordinal) ? '&' : '?')}{Parameter}";

    public override string ToString() => $"sign-in of {Since}";
}
