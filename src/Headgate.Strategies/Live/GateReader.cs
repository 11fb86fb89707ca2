using Headgate.Catalogue;
using Headgate.Upstream;

namespace Headgate.Strategies.Live;

/// <summary>Reads whole answers of Kite Connect through the engine, charged and shared like every other caller's.</summary>
internal sealed class GateReader(Engine engine)
{
    public const string Provider = "kite";

    // The whole instruments dump of one exchange is some 10 MB; daily candles of a decade are 200 kB.
    private const int BytesMax = 64 << 20;

    private const int ErrorTextMax = 200;

    // A run can wait; interactive callers go first.
    private static readonly Urgency Background = Urgency.Of(6);

    private static readonly TimeSpan WaitMax = TimeSpan.FromMinutes(1);

    /// <exception cref="TransientStrategyException">The gate refused, the provider did for now, or its answer broke off.</exception>
    /// <exception cref="InvalidDataException">The provider answered with an error.</exception>
    public async ValueTask<ReadOnlyMemory<byte>> GetAsync(string target, CancellationToken cancellation)
    {
        var provider = engine.Catalogue.Find(Provider) ?? throw new InvalidDataException($"the catalogue has no provider '{Provider}'");
        var request = new ClientRequest { Method = "GET", Target = target, Headers = [new HeaderField("Accept-Encoding", "identity")] };
        var demand = new Demand
        {
            Plan = engine.Plan(provider, request),
            Request = request,
            Urgency = Background,
            Client = "strategies",
            Deadline = WaitMax,
            RequestId = engine.NextRequestId(),
        };
        var result = engine.TryFetch(demand, out var hit) ? hit : await engine.FetchAsync(demand, cancellation);
        if (result.Refusal is { } refusal)
        {
            throw new TransientStrategyException($"{Provider}: {refusal.Detail}");
        }

        try
        {
            return result.Single is { } entry ? entry.Body : await ReadAsync(result.Reply!, cancellation);
        }
        catch (UpstreamBodyException broken)
        {
            throw new TransientStrategyException($"{Provider}: the answer broke off", broken);
        }
    }

    private static async ValueTask<ReadOnlyMemory<byte>> ReadAsync(PassedReply reply, CancellationToken cancellation)
    {
        await using var _ = reply;
        using var body = new MemoryStream();
        var buffer = new byte[64 << 10];
        int read;
        while ((read = await reply.ReadAsync(buffer, cancellation)) > 0)
        {
            if (body.Length + read > BytesMax)
            {
                throw new InvalidDataException($"{Provider}: the answer is longer than {BytesMax} bytes");
            }

            body.Write(buffer, 0, read);
        }

        if (reply.Status is >= 200 and < 300)
        {
            return body.ToArray();
        }

        var text = System.Text.Encoding.UTF8.GetString(body.GetBuffer(), 0, (int)Math.Min(body.Length, ErrorTextMax));
        var message = $"{Provider} answered {reply.Status}: {text}";
        throw reply.Status is 429 or >= 500 ? new TransientStrategyException(message) : new InvalidDataException(message);
    }
}
