using Headgate.Catalogue;
using Headgate.Flights;
using Headgate.SignIn;
using Headgate.Upstream;

namespace Headgate.Dispatch;

/// <summary>Hands an upstream's answer to the one client whose request passed through.</summary>
internal sealed class ForwardLander
{
    // Errors and order answers are far smaller; what is larger is passed on while it arrives.
    private const int WholeUpTo = 64 << 10;

    private readonly ProviderContext _provider;

    public ForwardLander(ProviderContext provider) => _provider = provider;

    public async Task LandAsync(PlannedCall call, ForwardWork work, UpstreamReply reply)
    {
        await using var _ = reply;
        OriginInvalidation.Apply(_provider, work.Demand, reply.Status, reply.Headers);
        try
        {
            var (body, complete) = await BodyReader.ReadAsync(reply, WholeUpTo);
            if (complete)
            {
                Note(call, work, reply, body);
                work.Complete(Passed(OwnLogin(call, work, reply, body) ?? SharedReply.Of(reply.Status, Headers(work, reply), body.Span), reply.Status));
                return;
            }

            await StreamAsync(call, work, reply, body);
        }
        catch (UpstreamBodyException exception)
        {
            if (!LimitClosing.CloseByHead(_provider, call, reply))
            {
                _provider.Calls.Health(call, OutcomeKind.Transient);
            }

            work.Refuse(Refusals.ForForward(work.Demand.Request.Method, exception.Fault));
        }
    }

    // Cookies of the gate's own sign-in are the gate's.
    private static IReadOnlyList<HeaderField> Headers(ForwardWork work, UpstreamReply reply) =>
        work.Demand.Plan.SignsIn ? [.. reply.Headers.Where(header => !header.Is("Set-Cookie"))] : reply.Headers;

    /// <summary>
    /// The answer to a login that a client makes itself: the server it names is kept for that client's calls, and the gate's address stands in its place, or
    /// the client would go round the gate from then on. Null for every other answer.
    /// </summary>
    private SharedReply? OwnLogin(PlannedCall call, ForwardWork work, UpstreamReply reply, ReadOnlyMemory<byte> body)
    {
        if (call.Plan.Provider.Auth is not { } auth || !auth.IsLogin(call.Plan.Endpoint) || reply.Status != 200 || work.Demand.GateAddress is not { } gate
            || ContentDecoder.Decode(body, reply.Header("Content-Encoding"), WholeUpTo * 16) is not { } plain || TokenAnswer.Rewritten(plain, gate) is not { } rewritten)
        {
            return null;
        }

        if (TokenAnswer.Parse(plain) is { Server: { } server } answer && auth.MayCall(server) && server.AbsolutePath.Length <= 1)
        {
            _provider.Servers.Learn(_provider.Hasher.Hash(answer.AccessToken), server);
        }

        string[] stale = ["Content-Encoding", "Content-Length", "ETag", "Content-MD5", "Digest"];
        return SharedReply.Of(reply.Status, [.. reply.Headers.Where(header => !stale.Any(header.Is))], rewritten.Span);
    }

    private static FetchResult Passed(SharedReply reply, int status) => new()
    {
        Kind = FetchKind.Passed,
        Reply = reply,
        Forwarded = true,
        ForwardStatus = status,
        Calls = 1,
        Reason = "method",
    };

    private async Task StreamAsync(PlannedCall call, ForwardWork work, UpstreamReply reply, ReadOnlyMemory<byte> head)
    {
        var shared = new SharedBody(_provider.Options.StreamBytesMax);
        shared.TryWrite(head.Span);
        work.Complete(Passed(new SharedReply(shared) { Status = reply.Status, Headers = Headers(work, reply), ContentLength = reply.ContentLength }, reply.Status));
        try
        {
            await BodyReader.CopyAsync(reply, shared);
            _provider.Calls.Health(call, reply.Status >= 500 ? OutcomeKind.Transient : OutcomeKind.Success);
        }
        catch (UpstreamBodyException exception)
        {
            shared.Break(exception.Fault);
            _provider.Calls.Health(call, OutcomeKind.Transient);
        }
    }

    private void Note(PlannedCall call, ForwardWork work, UpstreamReply reply, ReadOnlyMemory<byte> body)
    {
        var plan = work.Demand.Plan;
        var plain = ContentDecoder.Decode(body, reply.Header("Content-Encoding"), WholeUpTo * 16) ?? ReadOnlyMemory<byte>.Empty;
        var found = OutcomeClassifier.Classify(plan.Provider, plan.Endpoint, reply.Status, reply.Headers, plain.Span, _provider.Clock.WallNow);
        // What passes through is judged for limits, credentials and health only; an odd body of a write is the client's affair.
        _provider.Calls.Health(call, found.Kind == OutcomeKind.Malformed ? OutcomeKind.Success : found.Kind);
        switch (found.Kind)
        {
            case OutcomeKind.Limited:
                _provider.Stats.Of(plan.Endpoint).LimitedByUpstream();
                LimitClosing.Close(_provider, call, found);
                break;
            case OutcomeKind.Unauthorized when call.Grant is { } grant && reply.Status != 403 && _provider.SignIn!.Refused(grant):
                work.SignedInAgain = true;
                break;
            case OutcomeKind.Unauthorized:
                CredentialClosing.Reject(_provider, plan);
                break;
            case OutcomeKind.Success:
                CredentialClosing.Accept(_provider, plan);
                break;
            case OutcomeKind.Transient:
                _provider.Stats.Of(plan.Endpoint).UpstreamFailed();
                break;
        }
    }
}
