using System.Text.Json;

namespace Headgate.Samples.Bot;

/// <summary>A bot as anybody would write it: it knows Kite Connect's documentation and nothing of the gate.</summary>
internal sealed class Bot(string name, HttpClient http)
{
    public string Name => name;

    public int Asks { get; private set; }

    public int Answers { get; private set; }

    /// <summary>Answers that cost no call.</summary>
    public int Hits { get; private set; }

    public decimal LastPrice { get; private set; }

    public async Task RunAsync(int asks, TimeSpan pause)
    {
        for (; Asks < asks; Asks++)
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, "quote?i=NSE:INFY&i=NSE:TCS");
            request.Headers.TryAddWithoutValidation("Authorization", "token demo:demo-access");
            using var response = await http.SendAsync(request);
            if (response.IsSuccessStatusCode)
            {
                using var body = JsonDocument.Parse(await response.Content.ReadAsStreamAsync());
                LastPrice = body.RootElement.GetProperty("data").GetProperty("NSE:INFY").GetProperty("last_price").GetDecimal();
                Answers++;
                // What a client may learn and need not: the gate tells where each answer came from and how old it is.
                Hits += response.Headers.GetValues("Cache-Status").Single().Contains("; hit", StringComparison.Ordinal) ? 1 : 0;
            }

            await Task.Delay(pause);
        }
    }
}
