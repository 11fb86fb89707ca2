using Headgate.Gateway.Configuration;

namespace Headgate.Gateway.Security;

/// <summary>What must hold before a socket is opened.</summary>
internal static class StartRules
{
    /// <exception cref="GatewayStartException">An address beyond loopback without client tokens.</exception>
    public static void Check(GatewayOptions options, TokenVault tokens)
    {
        var open = options.Listen.Concat(options.Providers.Values.Select(provider => provider.Listen).OfType<ListenAddress>())
            .FirstOrDefault(address => !address.IsLoopback);
        if (open is not null && tokens.Count == 0)
        {
            throw new GatewayStartException(
                $"Refusing to listen on {open}: others could spend your limits and read your data. Give client tokens (tokenFile), or listen on 127.0.0.1.");
        }
    }
}
