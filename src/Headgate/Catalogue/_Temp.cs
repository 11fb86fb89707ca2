using Headgate.Upstream;
namespace Headgate.Catalogue;
public static class RequestPlanner { public static RequestPlan Plan(ProviderModel p, ClientRequest r, ICredentialHasher h, ISecretSource? s) => throw new NotSupportedException(); }
public static class CallBuilder { public static string Build(RequestPlan t, EndpointModel e, IReadOnlyList<string> items) => ""; public static int Fits(RequestPlan t, EndpointModel e, IReadOnlyList<string> items) => 1; }
public static class CallHeaders { public static IReadOnlyList<HeaderField> ForFetch(RequestPlan p, ClientRequest r, ISecretSource? s) => []; public static IReadOnlyList<HeaderField> ForForward(RequestPlan p, ClientRequest r, ISecretSource? s) => []; }
public sealed record Classification(OutcomeKind Kind, TimeSpan? RetryAfter, IReadOnlyList<LimitModel> Limits, TimeSpan? Closure, bool UntilReset);
public static class OutcomeClassifier { public static Classification Classify(ProviderModel p, EndpointModel e, int status, IReadOnlyList<HeaderField> h, ReadOnlyMemory<byte> b) => throw new NotSupportedException(); }
