using System.Globalization;
using Headgate.Upstreams.Faults;

namespace Headgate.Tests.Providers;

/// <summary>A day of every provider at its documented limit: random demand beyond what the limit carries, random latencies, every fault.</summary>
public sealed class ProviderDayTests
{
    private static readonly TwinFaultKind[] Kinds =
    [
        TwinFaultKind.ServerError, TwinFaultKind.Reset, TwinFaultKind.Close, TwinFaultKind.Hang, TwinFaultKind.Truncated, TwinFaultKind.GarbageBody, TwinFaultKind.EmptyBody,
        TwinFaultKind.HtmlBody, TwinFaultKind.TooManyRequests,
    ];

    public static TheoryData<string, int> Days { get; } = Rows();

    [Theory]
    [MemberData(nameof(Days))]
    public void No_call_of_a_day_breaks_a_limit_and_every_demand_ends_in_time(string name, int seed)
    {
        var provider = name is "telegram"
            ? new ProviderCase("telegram", () => new Upstreams.Providers.TelegramTwin()) { Credential = "path", Good = "/bot{{key}}/getMe", Says = "ok", Keeps = false }
            : ProviderCase.All.Single(candidate => candidate.Name == name);
        var world = new ProviderWorld(provider, seed, latencyMax: TimeSpan.FromSeconds(1.5));
        var chance = new Random(seed);
        foreach (var kind in Kinds)
        {
            world.Twin.Faults.Add(new FaultRule(new TwinFault(kind) { Status = kind is TwinFaultKind.TooManyRequests ? 429 : 503 }) { ChancePerMillion = 4_000 });
        }

        long asked = 0;
        long ended = 0;
        var late = new List<string>();
        world.Run(async running =>
        {
            List<Task> open = [];
            // Bursts and lulls over a day; most of a day's demand is refused, which is the point.
            for (var at = TimeSpan.Zero; at < TimeSpan.FromDays(1);)
            {
                // A rush now and then asks for more at once than any limit here carries in a minute.
                var burst = chance.Next(100) == 0 ? 150 : chance.Next(1, 12);
                for (var i = 0; i < burst; i++)
                {
                    asked++;
                    open.Add(AskAsync(running, provider, chance, late, () => ended++));
                }

                var pause = TimeSpan.FromMilliseconds(chance.Next(10) switch { 0 => chance.Next(300_000), < 4 => chance.Next(60_000), _ => chance.Next(3_000) });
                at += pause;
                await Task.Delay(pause, running.Time);
                open.RemoveAll(task => task.IsCompletedSuccessfully);
            }

            await Task.WhenAll(open);
        });

        ended.ShouldBe(asked);
        late.ShouldBeEmpty();
        var counts = world.Twin.Counters.Snapshot();
        counts.Violations.ShouldBe(0, string.Join(", ", world.Twin.Counters.Log().Where(arrival => arrival.IsViolation).Take(3).Select(arrival => $"{arrival.At:O} {arrival.BrokenRule}")));
        counts.Arrivals.ShouldBeGreaterThan(name switch { "alphavantage" => 15, "newsapi" => 30, _ => 300 });
    }

    private static async Task AskAsync(ProviderWorld world, ProviderCase provider, Random chance, List<string> late, Action ended)
    {
        var from = world.Time.Elapsed;
        var deadline = TimeSpan.FromSeconds(chance.Next(1, 20));
        var symbol = chance.Next(40) == 0 ? "NOTHING" : provider.Symbols[chance.Next(3)] + chance.Next(60).ToString(CultureInfo.InvariantCulture);
        var urgency = chance.Next(5) == 0 ? 0 : chance.Next(8);
        if (provider.Name is "telegram")
        {
            var chat = chance.Next(3) == 0 ? -1 : chance.Next(1, 30);
            await world.Write("POST", "/bot{key}/sendMessage", $$"""{"chat_id":{{chat}},"text":"x"}""", deadline: deadline);
        }
        else if (provider.Name is "airtable" && chance.Next(2) == 0)
        {
            await world.Write("POST", $"/v0/app{chance.Next(2)}/Trades", "{}", deadline: deadline);
        }
        else
        {
            await world.Get(provider.Many is not null && chance.Next(3) == 0 ? provider.ForMany(provider.Symbols) : provider.For(symbol), deadline: deadline, urgency: urgency);
        }

        ended();
        if (world.Time.Elapsed - from > (deadline + TimeSpan.FromSeconds(1)).Ticks)
        {
            late.Add($"{symbol} asked at {TimeSpan.FromTicks(from)} took {TimeSpan.FromTicks(world.Time.Elapsed - from)} of {deadline}");
        }
    }

    private static TheoryData<string, int> Rows()
    {
        var rows = new TheoryData<string, int>();
        foreach (var name in ProviderCase.All.Select(provider => provider.Name).Append("telegram"))
        {
            rows.Add(name, 1);
        }

        return rows;
    }
}
