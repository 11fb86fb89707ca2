namespace Headgate.Storage.Sqlite;

/// <summary>A refresh token as it was stored. Prints without the token.</summary>
public sealed record StoredToken(string Provider, string Token, string State, DateTimeOffset StoredAt)
{
    public override string ToString() => $"refresh token of {Provider}, stored {StoredAt:u}";
}
