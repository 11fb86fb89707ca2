namespace Headgate.Catalogue;

/// <summary>Walks the parameters of a raw query without allocating; empty pieces are passed over.</summary>
internal ref struct QueryParameters(ReadOnlySpan<char> query)
{
    private ReadOnlySpan<char> _rest = query;

    public QueryParameter Current { get; private set; }

    public readonly QueryParameters GetEnumerator() => this;

    public bool MoveNext()
    {
        while (!_rest.IsEmpty)
        {
            var end = _rest.IndexOf('&');
            var piece = end < 0 ? _rest : _rest[..end];
            _rest = end < 0 ? default : _rest[(end + 1)..];
            if (!piece.IsEmpty)
            {
                Current = new QueryParameter(piece);
                return true;
            }
        }

        return false;
    }
}

/// <summary>One parameter as it stands in the query.</summary>
internal readonly ref struct QueryParameter
{
    private readonly int _equals;

    public QueryParameter(ReadOnlySpan<char> raw)
    {
        Raw = raw;
        _equals = raw.IndexOf('=');
    }

    /// <summary>Name, equals sign and value as sent.</summary>
    public ReadOnlySpan<char> Raw { get; }

    public ReadOnlySpan<char> RawName => _equals < 0 ? Raw : Raw[.._equals];

    public ReadOnlySpan<char> RawValue => _equals < 0 ? default : Raw[(_equals + 1)..];

    /// <summary>Is the decoded name this one?</summary>
    public bool Is(string name, StringComparison comparison = StringComparison.Ordinal) =>
        RawName.IndexOfAny('%', '+') < 0
            ? RawName.Equals(name, comparison)
            : Percent.TryDecode(RawName, plusIsSpace: true, out var text) && string.Equals(text, name, comparison);

    /// <summary>The decoded value; false when it is not well-formed.</summary>
    public bool TryValue(out string text) => Percent.TryDecode(RawValue, plusIsSpace: true, out text);
}
