namespace Headgate.Strategies.Store.Import;

/// <summary>A row that cannot be taken in, and where it stands.</summary>
/// <param name="Line">1 is the header.</param>
public sealed record BadRow(string File, int Line, string Reason)
{
    public override string ToString() => $"{File}:{Line}: {Reason}";
}
