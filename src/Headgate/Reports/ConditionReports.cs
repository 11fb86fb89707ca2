using Headgate.Dispatch;

namespace Headgate.Reports;

/// <summary>Tells which endpoints are shut after failures, without changing anything.</summary>
internal static class ConditionReports
{
    public static IReadOnlyList<EndpointCondition> All(string provider, ProviderContext context) => context.Dispatcher.Look((_, queue) =>
        (IReadOnlyList<EndpointCondition>)[.. queue.Breakers.Select(known => Of(provider, known.Endpoint, known.Breaker, context.Clock.Now))]);

    private static EndpointCondition Of(string provider, string endpoint, Breaker breaker, EngineTime now) =>
        new(provider, endpoint, breaker.IsOpen, breaker.IsOpen && breaker.ProbeAt > now ? breaker.ProbeAt : null);
}
