using System.Net;
using System.Net.Sockets;

namespace Headgate.Testing;

/// <summary>Loopback ports nobody listens on.</summary>
public static class FreePorts
{
    /// <summary>That many different ports; they are held together while chosen, so that none comes twice.</summary>
    public static int[] Take(int count)
    {
        var listeners = Enumerable.Range(0, count).Select(_ => new TcpListener(IPAddress.Loopback, 0)).ToArray();
        try
        {
            foreach (var listener in listeners)
            {
                listener.Start();
            }

            return [.. listeners.Select(listener => ((IPEndPoint)listener.LocalEndpoint).Port)];
        }
        finally
        {
            foreach (var listener in listeners)
            {
                listener.Dispose();
            }
        }
    }

    public static int Take() => Take(1)[0];
}
