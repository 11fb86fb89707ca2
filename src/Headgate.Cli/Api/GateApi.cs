namespace Headgate.Cli.Api;

/// <summary>Paths of the management API that commands use.</summary>
internal static class GateApi
{
    public const string Stats = "/api/v1/gate/stats";

    public const string Budgets = "/api/v1/gate/budgets";

    public const string Ready = "/health/ready";

    public static string Verify(string provider, string series, string from, string to, bool replace) =>
        $"/api/v1/gate/history/verify?provider={Uri.EscapeDataString(provider)}&series={Uri.EscapeDataString(series)}&from={Uri.EscapeDataString(from)}&to={Uri.EscapeDataString(to)}&replace={(replace ? "true" : "false")}";

    public static string Ask(string limit) => $"{Budgets}/{Uri.EscapeDataString(limit)}";

    public static string Explain(string requestId) => $"/api/v1/gate/explain/{Uri.EscapeDataString(requestId)}";
}
