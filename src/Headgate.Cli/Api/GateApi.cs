namespace Headgate.Cli.Api;

/// <summary>Paths of the management API that commands use.</summary>
internal static class GateApi
{
    public const string Stats = "/api/v1/gate/stats";

    public const string Budgets = "/api/v1/gate/budgets";

    public const string Alerts = "/api/v1/gate/alerts";

    public const string Ready = "/health/ready";

    public const string Mode = "/api/v1/gate/mode";

    public const string Cache = "/api/v1/gate/cache";

    public const string Prune = "/api/v1/gate/cache/prune";

    public const string Refresh = "/api/v1/gate/refresh";

    public const string Warm = "/api/v1/gate/cache/warm";

    public const string DeskAlerts = "/api/v1/desk/alerts";

    public const string DeskMonitors = "/api/v1/desk/monitors";

    public const string DeskFleet = "/api/v1/desk/fleet";

    public const string DeskFleetStatistics = "/api/v1/desk/fleet/statistics";

    public static string DeskFleetBot(string pair) => $"{DeskFleet}/bots/{Uri.EscapeDataString(pair)}";

    public static string Savings(int days) => $"/api/v1/gate/savings?days={days}";

    /// <summary>A path with those of the parameters that have a value.</summary>
    public static string With(string path, params (string Name, object? Value)[] parameters)
    {
        var pairs = parameters.Where(parameter => parameter.Value is not null)
            .Select(parameter => $"{parameter.Name}={Uri.EscapeDataString(Convert.ToString(parameter.Value, System.Globalization.CultureInfo.InvariantCulture)!)}");
        var query = string.Join('&', pairs);
        return query.Length == 0 ? path : $"{path}?{query}";
    }

    public static string Verify(string provider, string series, string from, string to, bool replace) =>
        $"/api/v1/gate/history/verify?provider={Uri.EscapeDataString(provider)}&series={Uri.EscapeDataString(series)}&from={Uri.EscapeDataString(from)}&to={Uri.EscapeDataString(to)}&replace={(replace ? "true" : "false")}";

    public static string Ask(string limit) => $"{Budgets}/{Uri.EscapeDataString(limit)}";

    public static string Explain(string requestId) => $"/api/v1/gate/explain/{Uri.EscapeDataString(requestId)}";
}
