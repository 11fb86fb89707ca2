using System.Net;

namespace Headgate.Cli.Api;

/// <summary>An answer of the gate to a client.</summary>
/// <param name="Status">Its status, or null when the gate did not answer.</param>
/// <param name="CacheStatus">Its Cache-Status field, empty when it has none.</param>
internal sealed record GateReply(HttpStatusCode? Status, string CacheStatus);
