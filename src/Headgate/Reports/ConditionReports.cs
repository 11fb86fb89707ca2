using Headgate.Dispatch;

namespace Headgate.Reports;

/// <summary>Tells how endpoints do, without changing anything.</summary>
internal static class ConditionReports
{
    public static IReadOnlyList<EndpointCondition> All(string provider, ProviderContext context) => context.Dispatcher.Look((_, queue) =>
        (IReadOnlyList<EndpointCondition>)[.. queue.Health.Select(known => Of(provider, known.Key, known.Value, context.Clock.Now))]);

    private static EndpointCondition Of(string provider, string endpoint, EndpointHealth health, EngineTime now) =>
        new(provider, endpoint, health.Breaker.IsOpen, health.Outcomes, health.Breaker.IsOpen && health.Breaker.ProbeAt > now ? health.Breaker.ProbeAt : null);
}
