using System.Text;
using Headgate.Catalogue;
using Headgate.Desk.Alerts;
using Headgate.Desk.Crypto.KingFisher;
using Headgate.Desk.Doors;
using Headgate.Simulation;
using Headgate.Upstreams.Faults;
using Headgate.Upstreams.Providers;

namespace Headgate.Desk.Tests.Crypto;

/// <summary>KingFisher over the real engine, before strict emulations of its analyser and of Airtable, in virtual time.</summary>
public sealed class KingFisherTests : ISecretSource, IAlertDesk
{
    private static readonly string[] Fields = ["Symbol", "Type", "Image", "Analysed At", "Long Liquidations", "Short Liquidations", "Trend", "Sentiment", "Price"];
    private static readonly KingFisherOptions Options = new() { Base = "app1" };

    private readonly VirtualTime _time = new();
    private readonly KingFisherTwin _analyser = new();
    private readonly AirtableTwin _airtable;
    private readonly MemoryRecords _records = new();
    private readonly List<Alert> _alerts = [];

    public KingFisherTests() => _airtable = new AirtableTwin(tables: new Dictionary<string, IReadOnlyList<string>> { ["KingFisher"] = Fields, ["Other"] = ["A"] });

    public string? Find(string name) => name is "KINGFISHER_TOKEN" or "AIRTABLE_TOKEN" ? "demo" : null;

    ValueTask<bool> IAlertDesk.RaiseAsync(Alert alert, CancellationToken cancellation)
    {
        _alerts.Add(alert);
        return new(true);
    }

    [Fact]
    public void An_image_is_analysed_written_announced_and_seen_at_every_step() => Run(async door =>
    {
        using var pipeline = await StartAsync(door);
        (await pipeline.ProcessAsync(Image(1), default)).ShouldBe(KingFisherOutcome.Written);
        var state = pipeline.State;
        (state.Images, state.Analyses, state.Writes, state.Errors).ShouldBe((1, 1, 1, 0));
        new[] { state.LastImage, state.LastAnalysis, state.LastWrite }.ShouldAllBe(step => step!.Symbol == "BTC" && step.Type == "liquidation_map");
        state.LastError.ShouldBeNull();
        var written = Encoding.UTF8.GetString(_airtable.Counters.Log().Last().Request.Body.Span);
        written.ShouldContain("\"Long Liquidations\":62.5");
        written.ShouldContain($"\"Image\":\"{Image(1).Id[^64..]}\"");
        _alerts.Single().Summary.ShouldStartWith("BTC liquidation_map:");
        using var next = await StartAsync(door);
        next.State.LastWrite.ShouldBe(state.LastWrite);
    });

    [Fact]
    public void The_same_image_costs_nothing_a_second_time_not_even_after_a_restart() => Run(async door =>
    {
        using (var pipeline = await StartAsync(door))
        {
            await pipeline.ProcessAsync(Image(1), default);
        }

        var before = _airtable.Counters.Arrivals;
        await Task.Delay(TimeSpan.FromDays(30), _time);
        using var next = await StartAsync(door);
        (await next.ProcessAsync(Image(1), default)).ShouldBe(KingFisherOutcome.Known);
        // The schema was looked at again; nothing was analysed or written.
        (_analyser.Counters.Arrivals, _airtable.Counters.Arrivals - before).ShouldBe((1, 1));
        _analyser.Counters.Violations.ShouldBe(0);
        _alerts.Count.ShouldBe(1);
    });

    [Fact]
    public void Limits_hold_for_all_symbols_together() => Run(async door =>
    {
        using var pipeline = await StartAsync(door);
        for (var i = 0; i < 25; i++)
        {
            (await pipeline.ProcessAsync(Image(i) with { Symbol = $"S{i}" }, default)).ShouldBe(KingFisherOutcome.Written);
        }

        _time.Elapsed.ShouldBeGreaterThan(TimeSpan.FromMinutes(2).Ticks);
        (_analyser.Counters.Violations, _airtable.Counters.Violations).ShouldBe((0, 0));
    });

    [Fact]
    public void Missing_fields_and_tables_are_named_at_the_start() => Run(async door =>
    {
        var renamed = Options with { Fields = new Dictionary<string, string> { ["symbol"] = "Symbol", ["trend"] = "Trendd", ["price"] = "Cost" } };
        (await FaultOfAsync(door, renamed)).ShouldBe("Airtable's table 'KingFisher' lacks the fields 'Cost', 'Trendd'. Add them, or name others under desk:kingfisher:fields.");
        (await FaultOfAsync(door, Options with { Table = "None" })).ShouldContain("it has 'KingFisher', 'Other'");
    });

    [Fact]
    public void A_base_that_cannot_be_asked_at_the_start_is_told_and_checked_before_the_first_image() => Run(async door =>
    {
        _airtable.Faults.Add(new FaultRule(TwinFault.Error(503)) { Next = 6 });
        using var pipeline = await StartAsync(door);
        pipeline.State.LastError!.Detail.ShouldContain("schema");
        await Task.Delay(TimeSpan.FromMinutes(5), _time);
        await pipeline.ProcessAsync(Image(1), default);
        await Task.Delay(TimeSpan.FromMinutes(5), _time);
        (await pipeline.ProcessAsync(Image(1), default)).ShouldBe(KingFisherOutcome.Written);
    });

    [Fact]
    public void A_record_that_Airtable_refuses_is_written_later_without_another_analysis() => Run(async door =>
    {
        using var pipeline = await StartAsync(door);
        _airtable.Faults.Add(new FaultRule(new TwinFault(TwinFaultKind.CustomBody) { Status = 422, Body = """{"error":{"type":"UNKNOWN_FIELD_NAME","message":"Unknown field name: \"Trend\""}}"""u8.ToArray() }) { Next = 1 });
        (await pipeline.ProcessAsync(Image(1), default)).ShouldBe(KingFisherOutcome.NotWritten);
        pipeline.State.LastError!.Detail.ShouldContain("Unknown field name");
        (await pipeline.ProcessAsync(Image(1), default)).ShouldBe(KingFisherOutcome.Written);
        (_analyser.Counters.Arrivals, pipeline.State.Analyses, pipeline.State.Writes).ShouldBe((1, 1, 1));
    });

    [Fact]
    public void A_write_whose_outcome_is_lost_is_told_and_never_repeated() => Run(async door =>
    {
        using var pipeline = await StartAsync(door);
        _airtable.Faults.Add(new FaultRule(new TwinFault(TwinFaultKind.Reset)) { Next = 1 });
        (await pipeline.ProcessAsync(Image(1), default)).ShouldBe(KingFisherOutcome.WriteUnknown);
        (await pipeline.ProcessAsync(Image(1), default)).ShouldBe(KingFisherOutcome.Known);
        _airtable.Counters.Log().Count(arrival => arrival.Request.Method == "POST").ShouldBe(1);
        pipeline.State.LastError!.Detail.ShouldContain("not known");
    });

    [Fact]
    public void An_analyser_that_fails_is_told_and_asked_again_by_the_next_sending() => Run(async door =>
    {
        using var pipeline = await StartAsync(door);
        _analyser.Faults.Add(new FaultRule(TwinFault.Error(500)) { Next = 1 });
        (await pipeline.ProcessAsync(Image(1), default)).ShouldBe(KingFisherOutcome.NotAnalysed);
        pipeline.State.LastError!.Detail.ShouldContain("analyser");
        (await pipeline.ProcessAsync(Image(1), default)).ShouldBe(KingFisherOutcome.Written);
    });

    [Fact]
    public void An_analysis_with_text_that_is_no_Unicode_is_told_and_neither_kept_nor_written() => Run(async door =>
    {
        using var pipeline = await StartAsync(door);
        _analyser.Faults.Add(new FaultRule(new TwinFault(TwinFaultKind.CustomBody) { Status = 200, Body = """{"symbol":"BTC","type":"liquidation_map","trend":"\ud800"}"""u8.ToArray() }) { Next = 1 });
        (await pipeline.ProcessAsync(Image(1), default)).ShouldBe(KingFisherOutcome.NotAnalysed);
        pipeline.State.LastError!.Detail.ShouldContain("no Unicode");
        (await pipeline.LatestAsync("BTC", "liquidation_map", null, default)).ShouldBeNull();
        _airtable.Counters.Log().ShouldAllBe(arrival => arrival.Request.Method == "GET");
        (await pipeline.ProcessAsync(Image(2), default)).ShouldBe(KingFisherOutcome.Written);
    });

    [Theory]
    [InlineData("""{"tables":[{"name":"\ud800","fields":[]}]}""")]
    [InlineData("""{"bases":[]}""")]
    [InlineData("[]")]
    public void A_schema_that_cannot_be_read_is_told_and_asked_for_again(string schema) => Run(async door =>
    {
        _airtable.Faults.Add(new FaultRule(new TwinFault(TwinFaultKind.CustomBody) { Status = 200, Body = Encoding.UTF8.GetBytes(schema) }) { Next = 1 });
        using var pipeline = await StartAsync(door);
        pipeline.State.LastError!.Detail.ShouldStartWith("the schema of Airtable's base could not be read");
        (await pipeline.ProcessAsync(Image(1), default)).ShouldBe(KingFisherOutcome.Written);
    });

    [Theory]
    [InlineData("GIF89a", 6, "neither JPEG nor PNG")]
    [InlineData("png", KingFisherImage.BytesMax + 1, "up to 10485760")]
    public void What_is_no_image_it_takes_costs_no_call(string kind, int bytes, string why) => Run(async door =>
    {
        using var pipeline = await StartAsync(door);
        var image = new byte[bytes];
        (kind is "png" ? (ReadOnlySpan<byte>)[0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A] : Encoding.ASCII.GetBytes(kind)).CopyTo(image);
        (await pipeline.ProcessAsync(new KingFisherImage("BTC", "liquidation_map", image), default)).ShouldBe(KingFisherOutcome.Refused);
        pipeline.State.LastError!.Detail.ShouldContain(why);
        _analyser.Counters.Arrivals.ShouldBe(0);
    });

    [Fact]
    public void The_latest_record_grows_old_by_its_level_or_by_the_one_asked_for() => Run(async door =>
    {
        using var pipeline = await StartAsync(door);
        (await pipeline.LatestAsync("BTC", "liquidation_map", null, default)).ShouldBeNull();
        await pipeline.ProcessAsync(Image(1), default);
        await Task.Delay(TimeSpan.FromSeconds(290), _time);
        (await pipeline.LatestAsync("BTC", "liquidation_map", null, default))!.IsFresh.ShouldBeTrue();
        await Task.Delay(TimeSpan.FromSeconds(20), _time);
        (await pipeline.LatestAsync("BTC", "liquidation_map", null, default))!.ShouldSatisfyAllConditions(latest => latest.IsFresh.ShouldBeFalse(), latest => latest.Level.ShouldBe(KingFisherLevel.Hot));
        (await pipeline.LatestAsync("BTC", "liquidation_map", KingFisherLevel.Warm, default))!.IsFresh.ShouldBeTrue();
    });

    [Fact]
    public void Thirty_announcements_a_minute_and_no_more_for_all_symbols_together()
    {
        var limit = new RollingLimit(30, TimeSpan.FromMinutes(1));
        var now = new DateTimeOffset(2026, 11, 20, 10, 0, 0, TimeSpan.Zero);
        Enumerable.Range(0, 40).Count(i => limit.TryTake(now.AddSeconds(i))).ShouldBe(30);
        limit.TryTake(now.AddSeconds(59.9)).ShouldBeFalse();
        limit.TryTake(now.AddSeconds(60)).ShouldBeTrue();
        limit.TryTake(now.AddSeconds(60)).ShouldBeFalse();
    }

    // Awaited here: the library's own helpers go on on another thread.
    private async Task<string> FaultOfAsync(IDeskDoor door, KingFisherOptions options)
    {
        try
        {
            using var pipeline = await KingFisher.StartAsync(door, _records, options, null, default);
            return "";
        }
        catch (KingFisherSetupException fault)
        {
            return fault.Message;
        }
    }

    private static KingFisherImage Image(int number) => new("BTC", "liquidation_map", (byte[])[0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A, .. Encoding.ASCII.GetBytes($"chart {number}")]);

    private ValueTask<KingFisher> StartAsync(IDeskDoor door) => KingFisher.StartAsync(door, _records, Options, this, default);

    private void Run(Func<IDeskDoor, Task> test) => _time.Run(async () =>
    {
        await using var engine = await Engine.StartAsync(
            new EngineOptions(),
            new EnginePorts
            {
                Time = _time,
                BootId = "boot",
                Random = new Random(1),
                Transport = new TwinTransport(_time, _analyser, _airtable),
                Ledger = new MemoryLedger(_time),
                Entries = new MemoryEntryStore(_time),
                Hasher = new SeededHasher(1),
                Secrets = this,
                Markets = AlwaysOpenMarkets.Instance,
            },
            new CatalogueSource([]).Load(),
            default);
        await test(new EngineDoor(engine));
    });
}
