using Headgate.Catalogue;

namespace Headgate.Tests.Budgets;

internal static class LimitModels
{
    public static LimitModel Sliding(long permits, TimeSpan window) => new()
    {
        Id = "test.sliding",
        Name = "sliding",
        Kind = LimitKind.Sliding,
        Permits = permits,
        Window = window,
        Scope = LimitScope.Provider,
    };

    public static LimitModel Daily(long permits, string zone = "Etc/UTC", int reservePercent = 0) => new()
    {
        Id = "test.daily",
        Name = "daily",
        Kind = LimitKind.Calendar,
        Permits = permits,
        Window = TimeSpan.FromDays(1),
        Scope = LimitScope.Provider,
        Zone = zone,
        ReservePercent = reservePercent,
    };
}
