namespace Headgate.Catalogue;

/// <summary>Builds identities and injected secrets.</summary>
internal static class CredentialBinder
{
    public static IdentityRule? Identity(Fields fields)
    {
        if (fields.Text("from") is not { } from)
        {
            return null;
        }

        var (place, name) = Place(from);
        var pattern = fields.Text("pattern") is { } text && IdentityPattern.TryCompile(text, out var regex) ? regex : null;
        return new IdentityRule(place, name, pattern, fields.Text("jwtClaim"));
    }

    public static InjectionRule? Injection(Fields fields, ErrorList errors)
    {
        if (fields.Text("to") is not { } to || fields.Text("value") is not { } value)
        {
            return null;
        }

        var secret = fields.Text("secret") ?? "";
        if (value.Contains("{secret}", StringComparison.Ordinal) != (secret.Length > 0))
        {
            errors.Add(fields.At("value"), secret.Length > 0
                ? $"{fields.PathOf("value")} lacks {{secret}}, where {fields.PathOf("secret")} goes"
                : $"{fields.PathOf("secret")} is missing; expected the name of the secret in {fields.PathOf("value")}");
        }

        if (value.AsSpan().IndexOfAny('\r', '\n') >= 0)
        {
            errors.Add(fields.At("value"), $"{fields.PathOf("value")} has a line break");
        }

        var (place, name) = Place(to);
        return new InjectionRule(fields.Text("purpose") ?? "", place, name, value, secret);
    }

    private static (CredentialPlace Place, string Name) Place(string text)
    {
        var space = text.IndexOf(' ', StringComparison.Ordinal);
        var place = text[..space] switch
        {
            "header" => CredentialPlace.Header,
            "query" => CredentialPlace.Query,
            _ => CredentialPlace.Path,
        };
        return (place, text[(space + 1)..]);
    }
}
