using System.Net;
using System.Text.Json;

namespace Headgate.Samples.TestKit.Tests;

/// <summary>
/// The bot under test, as it would stand in its own project: it polls Kite Connect by any <see cref="HttpClient"/> and tells time by any <see cref="TimeProvider"/>.
/// Those two are all it must take from outside to be testable.
/// </summary>
internal sealed class PriceWatcher(HttpClient kite, TimeProvider clock)
{
    private static readonly TimeSpan BackOffMax = TimeSpan.FromMinutes(5);

    /// <summary>Prices seen, in order.</summary>
    public List<decimal> Prices { get; } = [];

    /// <summary>Asks that brought no price.</summary>
    public int Misses { get; private set; }

    public async Task RunAsync(string instrument, TimeSpan interval, DateTimeOffset until, CancellationToken cancellation = default)
    {
        var failures = 0;
        while (clock.GetUtcNow() < until)
        {
            var wait = interval;
            try
            {
                using var request = new HttpRequestMessage(HttpMethod.Get, $"quote/ltp?i={Uri.EscapeDataString(instrument)}");
                request.Headers.TryAddWithoutValidation("Authorization", "token demo:demo-access");
                using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(7), clock);
                using var response = await kite.SendAsync(request, patience.Token);
                if (response.StatusCode == HttpStatusCode.OK)
                {
                    using var body = JsonDocument.Parse(await response.Content.ReadAsStringAsync(cancellation));
                    Prices.Add(body.RootElement.GetProperty("data").GetProperty(instrument).GetProperty("last_price").GetDecimal());
                    failures = 0;
                }
                else
                {
                    Misses++;
                    wait = response.Headers.RetryAfter?.Delta ?? BackOff(++failures);
                }
            }
            catch (Exception problem) when (problem is HttpRequestException or TaskCanceledException or JsonException)
            {
                Misses++;
                wait = BackOff(++failures);
            }

            await Task.Delay(wait, clock, cancellation);
        }
    }

    private static TimeSpan BackOff(int failures) =>
        TimeSpan.FromSeconds(Math.Min(BackOffMax.TotalSeconds, Math.Pow(2, failures)));
}
