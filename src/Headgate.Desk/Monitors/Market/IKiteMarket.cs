namespace Headgate.Desk.Monitors.Market;

/// <summary>What the monitors read of Kite Connect, through the desk's door.</summary>
public interface IKiteMarket
{
    /// <summary>
    /// Quotes of full instrument names (<c>NSE:INFY</c>, <c>NFO:NIFTY26NOVFUT</c>), none sent before <paramref name="notBefore"/>. As few asks as the endpoint takes;
    /// an ask that fails loses its own names only. Names without a usable quote are absent.
    /// </summary>
    ValueTask<QuoteSet> QuotesAsync(IReadOnlyList<string> names, DateTimeOffset notBefore, string client, CancellationToken cancellation);

    /// <summary>Bars of a series, oldest first, from midnight of the first day; the running bar is the last where there is one.</summary>
    /// <param name="token">Instrument token.</param>
    /// <param name="interval">Kite's word: <c>day</c>, <c>15minute</c>, ….</param>
    /// <param name="from">First day.</param>
    /// <param name="to">Last day.</param>
    /// <param name="notBefore">The running bar, if any, is not older than this.</param>
    /// <param name="client">Who asks.</param>
    /// <param name="cancellation">Leaves.</param>
    /// <returns>The bars, or null when they could not be had.</returns>
    ValueTask<IReadOnlyList<KiteBar>?> BarsAsync(long token, string interval, DateOnly from, DateOnly to, DateTimeOffset notBefore, string client, CancellationToken cancellation);

    /// <summary>The instruments of an exchange (<c>NSE</c>, <c>NFO</c>), or null when they could not be had.</summary>
    ValueTask<IReadOnlyList<KiteContract>?> InstrumentsAsync(string exchange, DateTimeOffset notBefore, string client, CancellationToken cancellation);
}
