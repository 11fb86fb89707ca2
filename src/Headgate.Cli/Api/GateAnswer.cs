namespace Headgate.Cli.Api;

/// <summary>A whole answer of the gate.</summary>
/// <param name="Status">HTTP status.</param>
/// <param name="Headers">Name and value.</param>
/// <param name="Body">The body as text.</param>
internal sealed record GateAnswer(int Status, IReadOnlyList<KeyValuePair<string, string>> Headers, string Body)
{
    public string? Header(string name)
    {
        foreach (var (key, value) in Headers)
        {
            if (string.Equals(key, name, StringComparison.OrdinalIgnoreCase))
            {
                return value;
            }
        }

        return null;
    }
}
