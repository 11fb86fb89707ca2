using System.Text.Json;
using Headgate.Cli.Twins;
using Headgate.Gateway;

namespace Headgate.Cli.Serving;

/// <summary>Tells where a gate that has started listens and what it emulates.</summary>
internal static class StartTelling
{
    /// <summary>A line for each address, and where a demo keeps what it makes up.</summary>
    public static string Text(RunningGate gate, ServeSettings settings)
    {
        string[] apart = settings.Market is null ? [] : [$"a demo calls these alone, and keeps what it makes up apart, in {settings.Place.FullName}, until the next demo"];
        return string.Join(Environment.NewLine, [.. gate.Listeners.Select(Line), .. gate.Emulated.Providers.Select(provider => Line(gate, provider, settings.Market!)), .. apart]);
    }

    /// <summary>One line: <c>{"listening":[{"url","provider"}],"emulated":{provider:url}}</c>; the main address first, whose provider is null.</summary>
    public static string Json(RunningGate gate) => JsonSerializer.Serialize(new
    {
        listening = gate.Listeners.Select(static listener => new { url = listener.Url.ToString(), provider = listener.Provider }),
        emulated = gate.Emulated.Providers.ToDictionary(static provider => provider, provider => gate.Emulated.HostOf(provider)!.Address.ToString(), StringComparer.Ordinal),
    });

    private static string Line(GatewayListener listener) => $"headgate listens on {listener.Url}{(listener.Provider is null ? "" : $" ({listener.Provider} only)")}";

    private static string Line(RunningGate gate, string provider, Market market)
    {
        var hint = string.Equals(provider, "kite", StringComparison.Ordinal) ? $"; try: curl -i '{gate.Listeners[0].Url}kite/quote?i={market.KiteInstruments[0]}'" : "";
        return $"emulated {provider} at {gate.Emulated.HostOf(provider)!.Address}{hint}";
    }
}
