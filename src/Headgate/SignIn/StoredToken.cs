namespace Headgate.SignIn;

/// <summary>A refresh token as it was stored. Prints without the token.</summary>
/// <param name="Name">What it was stored under.</param>
/// <param name="Token">The refresh token.</param>
/// <param name="State">What belongs to it.</param>
/// <param name="StoredAt">When, by the wall clock.</param>
public sealed record StoredToken(string Name, string Token, string State, DateTimeOffset StoredAt)
{
    public override string ToString() => $"refresh token of {Name}, stored {StoredAt:u}";
}
