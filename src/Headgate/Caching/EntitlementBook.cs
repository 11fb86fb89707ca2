using System.Collections.Concurrent;

namespace Headgate.Caching;

/// <summary>Which credentials an upstream has accepted lately for which class of endpoints. Thread-safe; look-ups allocate nothing.</summary>
internal sealed class EntitlementBook
{
    private readonly ConcurrentDictionary<(string Provider, string Class, IdentityHash Credential), EntitlementCell> _cells = new();
    private readonly IEntryStore _store;

    // A cell that has left the book must stay ended, so nobody may extend one while another ends it.
    private readonly Lock _gate = new();

    public EntitlementBook(IEntryStore store, IEnumerable<Entitlement> loaded)
    {
        _store = store;
        foreach (var entitlement in loaded)
        {
            _cells[(entitlement.Provider, entitlement.Class, entitlement.Credential)] = new EntitlementCell { Until = entitlement.Until };
        }
    }

    /// <summary>The credential's cell, or null while it has none. One that has ended never comes back to life: look for another.</summary>
    public EntitlementCell? Find(string provider, string endpointClass, IdentityHash credential) => _cells.GetValueOrDefault((provider, endpointClass, credential));

    public void Accept(string provider, string endpointClass, IdentityHash credential, EngineTime now, TimeSpan life)
    {
        var key = (provider, endpointClass, credential);
        var until = now + life;
        // Renewed at most once a minute: a write per call would tell the store nothing new.
        if (_cells.TryGetValue(key, out var held) && until - held.Until < TimeSpan.FromMinutes(1))
        {
            return;
        }

        lock (_gate)
        {
            _cells.GetOrAdd(key, static _ => new EntitlementCell()).Until = until;
        }

        _store.PutEntitlement(new Entitlement(provider, endpointClass, credential, until));
    }

    /// <summary>Forgets every credential of a provider that now is another upstream; the store is reset with the entries.</summary>
    public void Reset(string provider)
    {
        foreach (var key in _cells.Keys.Where(key => string.Equals(key.Provider, provider, StringComparison.Ordinal)))
        {
            TryEnd(key);
        }
    }

    public void End(string provider, string endpointClass, IdentityHash credential)
    {
        if (TryEnd((provider, endpointClass, credential)))
        {
            _store.PutEntitlement(new Entitlement(provider, endpointClass, credential, default));
        }
    }

    private bool TryEnd((string Provider, string Class, IdentityHash Credential) key)
    {
        lock (_gate)
        {
            if (!_cells.TryRemove(key, out var cell))
            {
                return false;
            }

            cell.Until = default;
            return true;
        }
    }
}
