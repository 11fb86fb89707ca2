using Headgate.Catalogue;

namespace Headgate.SignIn;

/// <summary>Which server a client's own login named, so that its calls go there. Forgotten by a restart: a client then falls back to the definition's address. Thread-safe.</summary>
internal sealed class ServerBook
{
    // Clients of one provider log in every half hour; more than this at once is not a fleet.
    private const int ServersMax = 1_024;

    private readonly Lock _gate = new();
    private readonly Dictionary<IdentityHash, Uri> _servers = [];
    private readonly Queue<IdentityHash> _order = new();

    public void Learn(IdentityHash credential, Uri server)
    {
        lock (_gate)
        {
            if (!_servers.TryAdd(credential, server))
            {
                _servers[credential] = server;
                return;
            }

            _order.Enqueue(credential);
            if (_order.Count > ServersMax)
            {
                _servers.Remove(_order.Dequeue());
            }
        }
    }

    public Uri? Find(IdentityHash credential, AuthModel auth)
    {
        lock (_gate)
        {
            return _servers.TryGetValue(credential, out var server) && auth.MayCall(server) ? server : null;
        }
    }
}
