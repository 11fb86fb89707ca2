using Microsoft.Extensions.Configuration;

namespace Headgate.Gateway.Configuration;

/// <summary>Which profile of each definition is chosen: <c>providers: NAME: profile</c>.</summary>
public static class ProviderProfiles
{
    /// <param name="configuration">From <see cref="GatewayConfiguration.Build"/>.</param>
    /// <returns>By provider name. Environment variables cannot hold a hyphen, so both spellings are given; names that no definition has mean nothing.</returns>
    public static IReadOnlyDictionary<string, string> Read(IConfiguration configuration)
    {
        var profiles = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (var section in configuration.GetSection("providers").GetChildren())
        {
            if (section["profile"] is { Length: > 0 } profile)
            {
                profiles[section.Key] = profile;
                profiles[section.Key.Replace('_', '-')] = profile;
            }
        }

        return profiles;
    }
}
