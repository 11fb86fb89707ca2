using System.Text;
using Headgate.Upstream;

namespace Headgate.Benchmarks;

/// <summary>Answers at once, with 500-byte quotes or a body of the size asked for.</summary>
internal sealed class InstantTransport : IUpstreamTransport
{
    private static readonly HeaderField[] Json = [new("Content-Type", "application/json")];

    /// <summary>Completes every answer; replaced where a benchmark holds answers back.</summary>
    public Func<Task>? Hold { get; set; }

    public int Calls { get; private set; }

    public async ValueTask<TransportResult> SendAsync(UpstreamCall call, CancellationToken cancellation)
    {
        Calls++;
        if (Hold is { } hold)
        {
            await hold();
        }

        return new TransportResult(new ReadyReply(BodyOf(call.Target)) { Status = 200, Headers = Json }, null);
    }

    /// <summary>What it answers.</summary>
    public static byte[] BodyOf(string target)
    {
        if (!target.StartsWith("/quote?", StringComparison.Ordinal))
        {
            return Encoding.UTF8.GetBytes($"{{\"pad\":\"{new string('x', 490)}\"}}");
        }

        using var body = new MemoryStream();
        body.Write("{\"status\":\"success\",\"data\":{"u8);
        var first = true;
        foreach (var pair in target["/quote?".Length..].Split('&'))
        {
            body.Write(first ? ""u8 : ","u8);
            body.Write(BenchWorld.Quote(Uri.UnescapeDataString(pair[2..]), 500));
            first = false;
        }

        body.Write("}}"u8);
        return body.ToArray();
    }
}
