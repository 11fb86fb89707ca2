using System.Text;
using Headgate.Desk.Crypto.Registry;
using Headgate.Refresh;

namespace Headgate.Desk.Crypto.Scheduling;

/// <summary>The strategy the settings pin. What they pinned once is let go when they no longer do, also after a restart; what people pinned by hand is left alone.</summary>
internal sealed class StrategyPin(RefreshScheduler refresh, IRecordStore records, TimeProvider time)
{
    private const string Kind = "crypto.pin";
    private const string Id = "settings";

    private static readonly string[] Providers = [CryptoRegistry.Cryptometer, CryptoRegistry.KingFisher];

    /// <exception cref="IOException">It could not be made durable.</exception>
    public async ValueTask ApplyAsync(RefreshStrategy? strategy, CancellationToken cancellation)
    {
        if (strategy is { } pinned)
        {
            await records.PutAsync([new StoredRecord(Kind, Id, time.GetUtcNow(), Encoding.UTF8.GetBytes(pinned.ToString()))], cancellation);
        }
        else if (!await records.DeleteAsync(Kind, Id, cancellation))
        {
            return;
        }

        foreach (var provider in Providers)
        {
            await refresh.PinAsync(strategy, provider, cancellation);
        }
    }
}
