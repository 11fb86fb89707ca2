namespace Headgate.Catalogue;

/// <summary>Names of endpoint scopes in definitions.</summary>
internal static class ScopeWords
{
    public static EndpointScope? Scope(string? text) => text switch
    {
        "public" => EndpointScope.Public,
        "entitled" => EndpointScope.Entitled,
        "account" => EndpointScope.Account,
        _ => null,
    };
}
