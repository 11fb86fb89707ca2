using System.Collections.Concurrent;

namespace Headgate.Caching;

/// <summary>Which credentials an upstream has accepted lately for which class of endpoints. Thread-safe; look-ups allocate nothing.</summary>
internal sealed class EntitlementBook
{
    private readonly ConcurrentDictionary<(string Provider, string Class, IdentityHash Credential), EngineTime> _until = new();
    private readonly IEntryStore _store;

    public EntitlementBook(IEntryStore store, IEnumerable<Entitlement> loaded)
    {
        _store = store;
        foreach (var entitlement in loaded)
        {
            _until[(entitlement.Provider, entitlement.Class, entitlement.Credential)] = entitlement.Until;
        }
    }

    public bool IsEntitled(string provider, string endpointClass, IdentityHash credential, EngineTime now) =>
        _until.TryGetValue((provider, endpointClass, credential), out var until) && now <= until;

    public void Accept(string provider, string endpointClass, IdentityHash credential, EngineTime now, TimeSpan life)
    {
        var key = (provider, endpointClass, credential);
        var until = now + life;
        // Renewed at most once a minute: a write per call would tell the store nothing new.
        if (_until.TryGetValue(key, out var held) && until - held < TimeSpan.FromMinutes(1))
        {
            return;
        }

        _until[key] = until;
        _store.PutEntitlement(new Entitlement(provider, endpointClass, credential, until));
    }

    /// <summary>Forgets every credential of a provider that now is another upstream; the store is reset with the entries.</summary>
    public void Reset(string provider)
    {
        foreach (var key in _until.Keys.Where(key => string.Equals(key.Provider, provider, StringComparison.Ordinal)))
        {
            _until.TryRemove(key, out _);
        }
    }

    public void End(string provider, string endpointClass, IdentityHash credential)
    {
        if (_until.TryRemove((provider, endpointClass, credential), out _))
        {
            _store.PutEntitlement(new Entitlement(provider, endpointClass, credential, default));
        }
    }
}
