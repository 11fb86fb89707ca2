using Headgate.Caching;

namespace Headgate.Storage.Sqlite;

/// <summary>Entitlements that wait to be written, the newest of each, within a bound. Not thread-safe: its queue's lock holds it.</summary>
/// <remarks>
/// At the bound all that wait are let go, and everything stored goes with them: an end may not be lost, a grant may, since without it the credential is
/// asked upstream once more.
/// </remarks>
internal sealed class PendingEntitlements
{
    private const int CountMax = 65_536;

    private Dictionary<(string Provider, string Class, IdentityHash Credential), Entitlement> _byKey = [];

    public int Count => _byKey.Count;

    /// <summary>Every entitlement stored goes before any of these is written.</summary>
    public bool PurgesAll { get; private set; }

    public void Put(Entitlement entitlement)
    {
        if (_byKey.Count >= CountMax)
        {
            _byKey.Clear();
            PurgesAll = true;
        }

        _byKey[(entitlement.Provider, entitlement.Class, entitlement.Credential)] = entitlement;
    }

    /// <summary>Lets go of a provider's.</summary>
    public void Drop(string provider)
    {
        foreach (var key in _byKey.Keys.Where(key => string.Equals(key.Provider, provider, StringComparison.Ordinal)).ToList())
        {
            _byKey.Remove(key);
        }
    }

    /// <summary>Hands all of them over, with what they purge.</summary>
    public (bool PurgesAll, Dictionary<(string Provider, string Class, IdentityHash Credential), Entitlement> Waiting) Take()
    {
        var taken = (PurgesAll, _byKey);
        Clear();
        return taken;
    }

    /// <summary>Takes back what could not be written, where nothing newer came and its provider was not reset meanwhile.</summary>
    public void Return(WriteBatch batch, Func<string, bool> isReset)
    {
        if (PurgesAll)
        {
            return;
        }

        PurgesAll = batch.PurgeEntitlements;
        foreach (var (key, entitlement) in batch.Entitlements.Where(pair => !isReset(pair.Key.Provider)))
        {
            _byKey.TryAdd(key, entitlement);
        }
    }

    /// <summary>Those that wait over those being written; <paramref name="purged"/> tells whether what is stored still counts.</summary>
    public IReadOnlyList<Entitlement> Over(WriteBatch? writing, Func<string, bool> isReset, out bool purged)
    {
        purged = PurgesAll || writing is { PurgeEntitlements: true };
        var all = PurgesAll || writing is null ? [] : writing.Entitlements.Where(pair => !isReset(pair.Key.Provider)).ToDictionary();
        foreach (var (key, entitlement) in _byKey)
        {
            all[key] = entitlement;
        }

        return [.. all.Values];
    }

    /// <summary>Lets go of all, and of what they purge.</summary>
    public void Clear()
    {
        _byKey = [];
        PurgesAll = false;
    }
}
