using Headgate.SignIn;

namespace Headgate.Gateway.Api;

/// <summary>What only a person can mend.</summary>
internal sealed record AlertView(string Key, DateTimeOffset Since, string Message, string Remedy)
{
    public static AlertView Of(OperatorAlert alert) => new(alert.Key, alert.Since.ToUtc(), alert.Message, alert.Remedy);
}
