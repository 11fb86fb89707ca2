using System.Security.Cryptography;
using System.Text;

namespace Headgate.Strategies.Runs;

/// <summary>Identities of runs (specification §9). SHA-256 and MD5 name parameter sets here; nothing is protected by them.</summary>
public static class RunHash
{
    /// <summary>The first 16 hex digits of the SHA-256 of the parameters as Python's sorted JSON.</summary>
    public static string Key(ParameterValues values) => Key(PythonText.Json(values.Identity));

    /// <summary>The full MD5 of the same text: the recorded parameters_hash.</summary>
    public static string Execution(ParameterValues values) => Execution(PythonText.Json(values.Identity));

    /// <summary>The result cache's key: the replaced platform's, extended by what else decides the result.</summary>
    public static string CacheKey(IStrategy strategy, ParameterValues values, string dataVersion) =>
        $"strategy:{strategy.Name}:{Key(values)}:{strategy.Version}:{dataVersion}";

    internal static string Key(string json) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(json)))[..16];

#pragma warning disable CA5351 // The replaced platform's records carry this hash; it identifies and protects nothing.
    internal static string Execution(string json) => Convert.ToHexStringLower(MD5.HashData(Encoding.UTF8.GetBytes(json)));
#pragma warning restore CA5351
}
