namespace Headgate.Gateway.Upstream;

/// <summary>
/// Keeps upstream completions off the I/O threads. They come on the pool by themselves unless the process runs with inline socket completions,
/// a companion switch of the fast hit path.
/// </summary>
internal static class PoolHop
{
    public static readonly bool IsNeeded =
        Environment.GetEnvironmentVariable("DOTNET_SYSTEM_NET_SOCKETS_INLINE_COMPLETIONS") is "1" or "true";

    /// <summary>Completes on a thread of the pool, always asynchronously.</summary>
    public static System.Runtime.CompilerServices.ConfiguredTaskAwaitable Run() => Task.CompletedTask.ConfigureAwait(ConfigureAwaitOptions.ForceYielding);
}
