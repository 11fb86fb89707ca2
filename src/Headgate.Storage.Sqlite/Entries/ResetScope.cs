namespace Headgate.Storage.Sqlite;

/// <summary>Which provider an endpoint (<c>provider.endpoint</c>) belongs to. Provider names hold no dot.</summary>
internal static class ResetScope
{
    public static string ProviderOf(string endpoint) => endpoint.IndexOf('.') is var dot and >= 0 ? endpoint[..dot] : endpoint;
}
