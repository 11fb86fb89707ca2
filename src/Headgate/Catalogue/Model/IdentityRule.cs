using System.Text.RegularExpressions;

namespace Headgate.Catalogue;

/// <summary>Where a credential sits in a request.</summary>
public enum CredentialPlace
{
    Header,
    Query,
    Path,
}

/// <summary>Reads identities from one place of a request. The first rule whose place is present decides.</summary>
/// <param name="Place">Header, query parameter or path capture.</param>
/// <param name="Name">Its name.</param>
/// <param name="Pattern">Named groups <c>limitKey</c>, <c>account</c>, <c>credential</c>; null takes the whole value as the credential.
/// An absent group falls back: account to limitKey to credential.</param>
/// <param name="JwtClaim">When set, the value is a JWT and this claim is limit key, account and credential alike (Coinbase Advanced: <c>sub</c>).</param>
public sealed record IdentityRule(CredentialPlace Place, string Name, Regex? Pattern, string? JwtClaim = null);

/// <summary>A secret the gate adds to calls of callers that bring none.</summary>
/// <param name="Purpose">Routes calls to one of several credentials; empty for the general one.</param>
/// <param name="Place">Header or query.</param>
/// <param name="Name">Header or parameter name.</param>
/// <param name="Template">The value, with <c>{secret}</c> where the secret goes.</param>
/// <param name="SecretName">Environment variable, or key of the 0600 secrets file.</param>
public sealed record InjectionRule(string Purpose, CredentialPlace Place, string Name, string Template, string SecretName);
