using System.Text;
using Headgate.Gateway.Tests.Support;
using Headgate.Upstream;

namespace Headgate.Gateway.Tests.Upstream;

internal static class TransportCalls
{
    public static UpstreamCall Call(
        RawUpstream upstream, string method = "GET", string target = "/x", string? body = null, TimeSpan? timeout = null, params HeaderField[] headers) =>
        new()
        {
            Id = 1,
            Provider = "test",
            Method = method,
            Origin = upstream.Origin,
            Target = target,
            Headers = headers,
            HasBody = body is not null,
            Body = Encoding.UTF8.GetBytes(body ?? ""),
            Timeout = timeout ?? TimeSpan.FromSeconds(10),
        };

    public static async Task<string> ReadAll(UpstreamReply reply, CancellationToken cancellation = default)
    {
        using var all = new MemoryStream();
        var buffer = new byte[1000];
        while (await reply.ReadAsync(buffer, cancellation) is > 0 and var read)
        {
            all.Write(buffer, 0, read);
        }

        return Encoding.UTF8.GetString(all.ToArray());
    }
}
