using System.Text;

namespace Headgate.Catalogue;

/// <summary>Targets without credentials: for people (<see cref="Show"/>) and for keys (<see cref="Key"/>).</summary>
internal static class SafeTargets
{
    private const string Hidden = "***";

    /// <summary>The target with every credential, known or suspected, hidden.</summary>
    /// <param name="provider">Whose credentials.</param>
    /// <param name="request">The request.</param>
    /// <param name="match">Its route.</param>
    /// <param name="isOneName">The query repeats one parameter, whose name is a secret's or not whatever stands behind it.</param>
    public static string Show(ProviderModel provider, ClientRequest request, in RouteMatch match, bool isOneName)
    {
        var path = Path(provider, request.Target, match);
        var query = Targets.Query(request.Target);
        if (path is null && !HasSecret(provider, isOneName ? query[..(query.IndexOf('&') is > 0 and var end ? end : query.Length)] : query))
        {
            return request.Target;
        }

        var text = new StringBuilder(request.Target.Length);
        text.Append(path ?? Targets.Path(request.Target).ToString());
        foreach (var parameter in new QueryParameters(query))
        {
            Separate(text);
            if (SecretNames.IsIdentity(provider, parameter) || SecretNames.IsSuspicious(parameter))
            {
                text.Append(parameter.RawName).Append('=').Append(Hidden);
            }
            else
            {
                text.Append(parameter.Raw);
            }
        }

        return text.ToString();
    }

    /// <summary>What an unbatched answer is kept under: the raw target, without credentials, in the order sent.</summary>
    public static string Key(ProviderModel provider, ClientRequest request, in RouteMatch match, ICredentialHasher hasher)
    {
        var path = Path(provider, request.Target, match);
        var query = Targets.Query(request.Target);
        if (path is null && !HasSecret(provider, query))
        {
            return request.Target;
        }

        var text = new StringBuilder(request.Target.Length);
        text.Append(path ?? Targets.Path(request.Target).ToString());
        AppendKeyParameters(text, provider, query, skip: null, skipToo: null, hasher, Separate);
        return text.ToString();
    }

    /// <summary>The parameters of a query that tell answers apart, raw and in order; credentials left out, suspected ones hashed.</summary>
    public static void AppendKeyParameters(
        StringBuilder text, ProviderModel provider, ReadOnlySpan<char> query, string? skip, string? skipToo, ICredentialHasher hasher, Action<StringBuilder> separate)
    {
        foreach (var parameter in new QueryParameters(query))
        {
            if ((skip is not null && parameter.Is(skip)) || (skipToo is not null && parameter.Is(skipToo)) || SecretNames.IsIdentity(provider, parameter))
            {
                continue;
            }

            separate(text);
            if (SecretNames.IsSuspicious(parameter))
            {
                text.Append(parameter.RawName).Append('=').Append(LimitKeyTexts.Hex(hasher.Hash(parameter.RawValue)));
            }
            else
            {
                text.Append(parameter.Raw);
            }
        }
    }

    /// <summary>The path with its credential hidden; null when it holds none.</summary>
    public static string? Path(ProviderModel provider, string target, in RouteMatch match)
    {
        foreach (var rule in provider.Identity)
        {
            if (rule.Place != CredentialPlace.Path)
            {
                continue;
            }

            foreach (var capture in match.Captures)
            {
                if (string.Equals(capture.Name, rule.Name, StringComparison.Ordinal))
                {
                    var path = Targets.Path(target);
                    return string.Concat(path[..capture.Start], Hidden, path[(capture.Start + capture.Length)..]);
                }
            }

            // Where the credential stands in this path is not known, so none of it is shown.
            return $"/{Hidden}";
        }

        return null;
    }

    private static bool HasSecret(ProviderModel provider, ReadOnlySpan<char> query)
    {
        foreach (var parameter in new QueryParameters(query))
        {
            if (SecretNames.IsIdentity(provider, parameter) || SecretNames.IsSuspicious(parameter))
            {
                return true;
            }
        }

        return false;
    }

    private static void Separate(StringBuilder text) => text.Append(HasQuery(text) ? '&' : '?');

    private static bool HasQuery(StringBuilder text)
    {
        foreach (var chunk in text.GetChunks())
        {
            if (chunk.Span.Contains('?'))
            {
                return true;
            }
        }

        return false;
    }
}
