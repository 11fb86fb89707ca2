using Headgate.Explain;
using Headgate.Reports;

namespace Headgate.Dispatch;

/// <summary>One request on its way through: what the steps of <see cref="Forwarder"/> share.</summary>
internal sealed record Passage(ProviderContext Provider, Demand Demand, EngineTime AskedAt, EngineTime Deadline, ExplainTrace Trace, EndpointCounters Counters);
