using System.Net.Sockets;
using System.Text;

namespace Headgate.Upstreams.Tests;

/// <summary>A socket that sends what it is told and reports how the other end behaved.</summary>
internal sealed class RawClient : IDisposable
{
    private readonly TcpClient _client = new();

    public static async Task<RawClient> ConnectAsync(Uri address)
    {
        var raw = new RawClient();
        await raw._client.ConnectAsync(address.Host, address.Port);
        return raw;
    }

    public async Task SendAsync(string text) => await _client.GetStream().WriteAsync(Encoding.Latin1.GetBytes(text));

    public Task GetAsync(string target) => SendAsync($"GET {target} HTTP/1.1\r\nHost: twin\r\nAuthorization: {Kite.KiteTwin.DemoCredential}\r\n\r\n");

    /// <summary>Reads until the end or until the text is complete; says how it ended.</summary>
    public async Task<(string Text, string End)> ReadAsync(Func<string, bool>? complete = null)
    {
        var text = new StringBuilder();
        var buffer = new byte[16 * 1024];
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        while (true)
        {
            int read;
            try
            {
                read = await _client.GetStream().ReadAsync(buffer, limit.Token);
            }
            catch (IOException problem) when (problem.InnerException is SocketException { SocketErrorCode: SocketError.ConnectionReset })
            {
                return (text.ToString(), "RST");
            }

            if (read == 0)
            {
                return (text.ToString(), "FIN");
            }

            text.Append(Encoding.Latin1.GetString(buffer, 0, read));
            if (complete?.Invoke(text.ToString()) == true)
            {
                return (text.ToString(), "open");
            }
        }
    }

    public bool HasData => _client.Available > 0;

    public void Dispose() => _client.Dispose();
}
