using System.Buffers;
using Headgate.Gateway.Upstream;
using Microsoft.AspNetCore.Http;

namespace Headgate.Gateway.Proxy;

/// <summary>Reads a request's body whole, up to a bound, before any of it is sent.</summary>
internal static class BodyReader
{
    /// <summary>Does the request have a body, even an empty one?</summary>
    public static bool HasBody(HttpRequest request) => request.ContentLength is not null || request.Headers.TransferEncoding.Count > 0;

    /// <summary>Does the client wait for <c>100 (Continue)</c> before it sends its body?</summary>
    public static bool AsksFirst(HttpRequest request) => request.Headers.Expect.ToString().Contains("100-continue", StringComparison.OrdinalIgnoreCase);

    /// <summary>The problem of a body whose declared length is beyond the bound, before any of it is asked for.</summary>
    public static Problem? CheckLength(HttpRequest request, int bytesMax) => request.ContentLength > bytesMax ? TooLarge(bytesMax) : null;

    /// <summary>The body, or the problem that it has.</summary>
    /// <exception cref="OperationCanceledException">Cancelled, or the client left.</exception>
    public static async Task<(ReadOnlyMemory<byte> Body, Problem? Problem)> ReadAsync(HttpContext context, int bytesMax, CancellationToken cancellation)
    {
        var reader = context.Request.BodyReader;
        try
        {
            while (true)
            {
                // The first read is what makes the server send its 100 (Continue).
                var read = await reader.ReadAsync(cancellation);
                if (read.Buffer.Length > bytesMax)
                {
                    reader.AdvanceTo(read.Buffer.End);
                    return (default, TooLarge(bytesMax));
                }

                if (read.IsCompleted)
                {
                    var body = read.Buffer.ToArray();
                    reader.AdvanceTo(read.Buffer.End);
                    // The last bytes may have come on a thread that serves sockets; what follows does not belong there.
                    await PoolHop.Run();
                    return (body, null);
                }

                reader.AdvanceTo(read.Buffer.Start, read.Buffer.End);
            }
        }
        catch (BadHttpRequestException error)
        {
            return (default, error.StatusCode == StatusCodes.Status413PayloadTooLarge ? TooLarge(bytesMax) : Misframed());
        }
        catch (IOException error) when (error.InnerException is OverflowException)
        {
            // The server underneath tells a chunk whose size no number holds in this way, and no other error.
            return (default, Misframed());
        }
    }

    private static Problem Misframed() => new(ProblemType.BadRequest, StatusCodes.Status400BadRequest, "The body's framing cannot be understood.");

    private static Problem TooLarge(int bytesMax) =>
        new(ProblemType.BodyTooLarge, StatusCodes.Status413PayloadTooLarge, $"Bodies may have up to {bytesMax} bytes.");
}
