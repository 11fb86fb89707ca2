// Three bots of one process poll Kite Connect through an embedded gate, each with its own HttpClient and unaware of the others. It runs without keys:
// Kite is emulated in this process, with its limit of one quote call a second held strictly.
using Headgate.Hosting;
using Headgate.Samples.Bot;
using Headgate.Upstreams.Hosting;
using Headgate.Upstreams.Kite;
using Headgate.Upstreams.Tapes;
using Microsoft.Extensions.DependencyInjection;

var open = new DateTimeOffset(2026, 11, 20, 10, 0, 0, TimeSpan.FromHours(5.5));
var clock = new TapeClock(open, TimeProvider.System); // ten on a trading morning, whenever this runs
await using var kite = await TwinHost.StartAsync(new KiteTwin(new KiteOptions(new SyntheticTape(seed: 1, open)) { InstrumentRows = 0 }), clock);
var data = Directory.CreateTempSubdirectory("headgate-bot-");
try
{
    var services = new ServiceCollection();
    services.AddHeadgate(gate =>
    {
        gate.DataDirectory = data.FullName;
        gate.BaseUrls["kite"] = kite.Address; // without these two lines the calls go to the real Kite Connect
        gate.Time = clock;
    });
    string[] names = ["momentum", "pairs", "watch"];
    foreach (var name in names)
    {
        services.AddHttpClient(name).AddHeadgate("kite");
    }

    await using var provider = services.BuildServiceProvider();
    var clients = provider.GetRequiredService<IHttpClientFactory>();
    var bots = names.Select(name => new Bot(name, clients.CreateClient(name))).ToList();
    await Task.WhenAll(bots.Select(bot => bot.RunAsync(asks: 12, TimeSpan.FromMilliseconds(250))));

    Console.WriteLine($"{"bot",-10}{"asks",6}{"answers",9}{"from the gate",15}{"last INFY",11}");
    foreach (var bot in bots)
    {
        Console.WriteLine($"{bot.Name,-10}{bot.Asks,6}{bot.Answers,9}{bot.Hits,15}{bot.LastPrice,11}");
    }

    var counts = kite.Twin.Counters.Snapshot();
    Console.WriteLine($"Kite saw {counts.Arrivals} calls for {bots.Sum(bot => bot.Asks)} asks; {counts.Violations} broke its limit.");
    return counts.Violations == 0 ? 0 : 1;
}
finally
{
    data.Delete(recursive: true);
}
