namespace Headgate;

/// <summary>What an entry is stored under: the endpoint, whose it is, and the item within it.</summary>
/// <param name="Endpoint">The endpoint that stores it, as <c>provider.endpoint</c>.</param>
/// <param name="Owner">The account for <c>scope: account</c>; <c>default</c> where entries are shared (public, or entitled after the entitlement check).</param>
/// <param name="Id">The item: the instrument text as the client asked for it (decoded) for batched endpoints, else the raw target without credentials.</param>
/// <remarks>Compared ordinally. Contains no credential.</remarks>
public readonly record struct ItemKey(string Endpoint, IdentityHash Owner, string Id)
{
    public override string ToString() => Owner.IsNone ? $"{Endpoint} {Id}" : $"{Endpoint} {Id} @{Owner}";
}
