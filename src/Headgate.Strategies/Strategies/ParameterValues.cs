namespace Headgate.Strategies;

/// <summary>Checked parameters and settings of one run: defaults filled, numbers normalised. Immutable.</summary>
public sealed class ParameterValues
{
    private readonly IReadOnlyDictionary<string, object> _values;

    internal ParameterValues(IReadOnlyDictionary<string, object> values, IReadOnlyDictionary<string, object> identity)
    {
        _values = values;
        Identity = identity;
    }

    /// <summary>
    /// What tells two runs apart: every parameter, and those settings that differ from their default. So a run without settings keeps the
    /// identity it had on the replaced platform, which knew none.
    /// </summary>
    public IReadOnlyDictionary<string, object> Identity { get; }

    /// <exception cref="KeyNotFoundException">The strategy declares no such parameter.</exception>
    public long Integer(string name) => (long)_values[name];

    /// <inheritdoc cref="Integer"/>
    public decimal Number(string name) => _values[name] is long whole ? whole : (decimal)_values[name];

    /// <inheritdoc cref="Integer"/>
    public string Text(string name) => (string)_values[name];

    /// <inheritdoc cref="Integer"/>
    public bool Flag(string name) => (bool)_values[name];

    public bool Has(string name) => _values.ContainsKey(name);
}
