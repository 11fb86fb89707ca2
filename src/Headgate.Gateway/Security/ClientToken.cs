using System.Collections.Frozen;

namespace Headgate.Gateway.Security;

/// <summary>What a client token allows. The token itself is not kept.</summary>
/// <param name="Name">Names the client in fairness, profiles and reports.</param>
/// <param name="Providers">Providers it may use; <c>*</c> is all of them, <c>admin</c> the management API and <c>/metrics</c>.</param>
public sealed record ClientToken(string Name, FrozenSet<string> Providers)
{
    public const string All = "*";

    public const string Admin = "admin";

    public bool Allows(string provider) => Providers.Contains(All) || Providers.Contains(provider);

    /// <summary><c>*</c> does not include the management API: a bot's token must not be able to change the gate.</summary>
    public bool IsAdmin => Providers.Contains(Admin);
}
