namespace Headgate.Gateway.Upstream;

/// <summary>
/// Keeps everything but hits off the threads that serve sockets. A gate process runs with inline socket completions (<see cref="ServeInline"/>): what
/// follows an await on a socket goes on where the bytes arrived, which spares a hit its hop and lets anything slow stall many connections.
/// </summary>
public static class PoolHop
{
    // Read by the runtime when the process opens its first socket; there is no other way to ask for it.
    private const string Variable = "DOTNET_SYSTEM_NET_SOCKETS_INLINE_COMPLETIONS";

    private static readonly Lazy<bool> Inline = new(static () => Environment.GetEnvironmentVariable(Variable) is "1" or "true");

    /// <summary>Do socket completions run inline in this process?</summary>
    internal static bool IsNeeded => Inline.Value;

    /// <summary>Asks for inline socket completions, unless the operator has set them otherwise. Before the process opens its first socket.</summary>
    public static void ServeInline()
    {
        if (Environment.GetEnvironmentVariable(Variable) is null)
        {
            Environment.SetEnvironmentVariable(Variable, "1");
        }
    }

    /// <summary>Completes on a thread of the pool, always asynchronously.</summary>
    internal static System.Runtime.CompilerServices.ConfiguredTaskAwaitable Run() => Task.CompletedTask.ConfigureAwait(ConfigureAwaitOptions.ForceYielding);
}
