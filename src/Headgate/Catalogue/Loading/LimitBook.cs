namespace Headgate.Catalogue;

/// <summary>The limits of one provider while it is being built.</summary>
internal sealed class LimitBook(IReadOnlyDictionary<string, LimitModel> limits, IReadOnlyCollection<string> declared, ErrorList errors)
{
    /// <summary>
    /// What is spent where nothing is stated. Nobody knows which limit the upstream counts such a call under, so it spends of every one
    /// that does not depend on a capture or a field.
    /// </summary>
    public IReadOnlyList<LimitModel> All => [.. limits.Values.Where(limit => limit.Scope is not (LimitScope.Capture or LimitScope.Field)).OrderBy(limit => limit.Name, StringComparer.Ordinal)];

    /// <summary>The limits that a key lists; null when the key is absent. Unknown names are reported.</summary>
    public IReadOnlyList<LimitModel>? Find(Fields fields, string key)
    {
        if (fields.List(key) is not { } names)
        {
            return null;
        }

        var found = new List<LimitModel>();
        foreach (var name in names)
        {
            if (limits.TryGetValue(name.Text, out var limit))
            {
                found.Add(limit);
            }
            else if (!declared.Contains(name.Text, StringComparer.Ordinal))
            {
                var near = Suggestion.For(name.Text, declared);
                var known = declared.Count == 0 ? "no limit is declared" : $"expected one of {string.Join(", ", declared)}";
                errors.Add(name, $"{fields.PathOf(key)} has {name.Shown}, which is not under limits; {(near is null ? known : $"did you mean {near}?")}");
            }
        }

        return found;
    }
}
