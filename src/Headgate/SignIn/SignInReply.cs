namespace Headgate.SignIn;

/// <summary>How one call of a sign-in ended.</summary>
/// <param name="Status">The upstream's status, or 0 when there is no answer.</param>
/// <param name="Headers">The answer's headers.</param>
/// <param name="Body">The answer's body, decoded.</param>
/// <param name="IsUnsent">Certainly nothing was sent.</param>
/// <param name="Detail">For people, when there is no answer; holds no credential.</param>
/// <param name="RetryAt">When it may be tried again, if that is known.</param>
internal sealed record SignInReply(int Status, IReadOnlyList<HeaderField> Headers, ReadOnlyMemory<byte> Body, bool IsUnsent, string Detail, EngineTime? RetryAt)
{
    /// <summary>The first header of that name, or null.</summary>
    public string? Header(string name) => Headers.FirstOrDefault(header => header.Is(name)) is { Name: not null } found ? found.Value : null;

    public override string ToString() => Status == 0 ? Detail : $"status {Status}";
}
