namespace Headgate;

/// <summary>One header line as it is sent: several lines of one name keep their order.</summary>
public readonly record struct HeaderField(string Name, string Value)
{
    public bool Is(string name) => string.Equals(Name, name, StringComparison.OrdinalIgnoreCase);
}
