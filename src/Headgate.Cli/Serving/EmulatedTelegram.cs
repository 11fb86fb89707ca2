using Headgate.Catalogue;
using Headgate.Cli.Twins;
using Headgate.Desk.Alerts;
using Headgate.Upstreams.Hosting;
using Headgate.Upstreams.Providers;

namespace Headgate.Cli.Serving;

/// <summary>Telegram emulated in this process, so that a demo's alerts go through the whole way and reach nobody.</summary>
internal sealed class EmulatedTelegram : ISecretSource, IAsyncDisposable
{
    /// <summary>The catalogue's name of it.</summary>
    public const string Provider = "telegram";

    /// <summary>The chat a demo's alerts go to.</summary>
    public const string Chat = "4711";

    private const string Bot = "demo";

    private readonly TwinHost _host;

    private EmulatedTelegram(TwinHost host) => _host = host;

    public Uri Address => _host.Address;

    public static async Task<EmulatedTelegram> StartAsync(Market market, CancellationToken cancellation) =>
        new(await TwinHost.StartAsync(new TelegramTwin([Bot]), market.Clock, cancellation: cancellation));

    public string? Find(string name) => string.Equals(name, AlertSettings.TokenSecret, StringComparison.Ordinal) ? Bot : null;

    public ValueTask DisposeAsync() => _host.DisposeAsync();
}
