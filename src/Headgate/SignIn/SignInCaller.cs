using System.Text;
using Headgate.Catalogue;
using Headgate.Dispatch;
using Headgate.Upstream;

namespace Headgate.SignIn;

/// <summary>Makes the calls of a sign-in: through the same queue, limits, ledger and transport as every other call, each sent once.</summary>
internal sealed class SignInCaller(ProviderContext context, Forwarder forwarder, ICredentialHasher hasher, Func<long> nextRequestId)
{
    // A consent page has some 200 KB, a token answer less than one.
    private const int BodyBytesMax = 1 << 20;

    // Somebody's demand waits for it.
    private static readonly Urgency Soon = Urgency.Of(0);

    /// <summary>Calls an address that the definition names.</summary>
    public async Task<SignInReply> SendAsync(ProviderModel provider, Uri address, string method, string pathAndQuery, IReadOnlyList<HeaderField> headers, string? form = null)
    {
        var request = new ClientRequest
        {
            Method = method,
            Target = pathAndQuery,
            Headers = form is null ? headers : [.. headers, new HeaderField("Content-Type", "application/x-www-form-urlencoded")],
            Body = form is null ? default : Encoding.UTF8.GetBytes(form),
            HasBody = form is not null,
        };
        var demand = new Demand
        {
            Plan = RequestPlanner.ForSignIn(provider, address, request, hasher),
            Request = request,
            Urgency = Soon,
            Client = "gate",
            RequestId = nextRequestId(),
        };
        var result = await forwarder.ForwardAsync(context, demand, CancellationToken.None);
        return result.Reply is { } reply ? await ReadAsync(reply) : Refused(result.Refusal!);
    }

    private static SignInReply Refused(Refusal refusal) =>
        new(0, [], default, refusal.Kind is not (RefusalKind.OutcomeUnknown or RefusalKind.UpstreamTimeout), refusal.Detail, refusal.RetryAt);

    private static async Task<SignInReply> ReadAsync(PassedReply reply)
    {
        await using var _ = reply;
        var body = new MemoryStream();
        var buffer = new byte[16 << 10];
        try
        {
            int read;
            while ((read = await reply.ReadAsync(buffer, CancellationToken.None)) > 0 && body.Length < BodyBytesMax)
            {
                await body.WriteAsync(buffer.AsMemory(0, read));
            }
        }
        catch (UpstreamBodyException broken)
        {
            return new SignInReply(0, [], default, IsUnsent: false, broken.Message, RetryAt: null);
        }

        var coding = reply.Headers.FirstOrDefault(header => header.Is("Content-Encoding")) is { Name: not null } found ? found.Value : null;
        return ContentDecoder.Decode(body.ToArray(), coding, BodyBytesMax) is { } plain
            ? new SignInReply(reply.Status, reply.Headers, plain, IsUnsent: false, "", RetryAt: null)
            : new SignInReply(0, [], default, IsUnsent: false, "its body cannot be decoded", RetryAt: null);
    }
}
