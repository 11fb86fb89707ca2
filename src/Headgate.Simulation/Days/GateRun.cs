using Headgate.Catalogue;
using Headgate.Upstream;
using Headgate.Upstreams;
using Headgate.Upstreams.Scenarios;

namespace Headgate.Simulation;

/// <summary>The real engine between a scenario's clients and its upstream, in virtual time.</summary>
internal sealed class GateRun
{
    private readonly IScenario _scenario;
    private readonly IReadOnlyList<ScenarioAsk> _asks;
    private readonly AskPlanner _planner;
    private readonly DayOptions _options;
    private readonly VirtualTime _time;
    private readonly ITwin _twin;
    private readonly EnginePorts _ports;
    private readonly DayTally _tally = new();
    private readonly Task?[] _answered;
    private readonly List<Exception> _broken = [];
    private int _open;

    private GateRun(IScenario scenario, IReadOnlyList<ScenarioAsk> asks, AskPlanner planner, DayOptions options)
    {
        _scenario = scenario;
        _asks = asks;
        _planner = planner;
        _options = options;
        _time = new VirtualTime(scenario.Start);
        _twin = scenario.NewTwin(options.Seed);
        _answered = asks.Any(ask => ask.After >= 0) ? new Task?[asks.Count] : [];
        _ports = new EnginePorts
        {
            Time = _time,
            BootId = "boot",
            Random = new Random(options.Seed),
            Transport = new TwinTransport(_time, _twin) { Fate = _ => new NetworkFate(options.Out, options.Back) },
            Ledger = new MemoryLedger(_time),
            Entries = new MemoryEntryStore(_time),
            Hasher = planner.Hasher,
            Markets = options.Markets,
            Report = _broken.Add,
            Recorder = options.Recorder,
        };
    }

    public static GateReport Run(IScenario scenario, IReadOnlyList<ScenarioAsk> asks, AskPlanner planner, CatalogueModel catalogue, DayOptions options)
    {
        var run = new GateRun(scenario, asks, planner, options);
        return run._time.Run(() => run.RunAsync(catalogue));
    }

    private async Task<GateReport> RunAsync(CatalogueModel catalogue)
    {
        var engine = await Engine.StartAsync(_options.Engine, _ports, catalogue, default);
        await using var disposal = engine;
        var step = Math.Max(1, _asks.Count / 100);
        for (var i = 0; i < _asks.Count; i++)
        {
            var due = _asks[i].At.Ticks - _time.Elapsed;
            if (due > 0)
            {
                await _time.Delay(TimeSpan.FromTicks(due));
            }

            Ask(engine, i);
            if (i % step == 0)
            {
                _options.Progress?.Invoke((double)i / _asks.Count);
            }
        }

        while (_open > 0)
        {
            await _time.Delay(TimeSpan.FromMilliseconds(100));
        }

        _options.Progress?.Invoke(1);
        return _broken.Count == 0
            ? _tally.ToReport(engine.Stats(), _twin.Counters.Snapshot())
            : throw new InvalidOperationException($"The engine reported {_broken.Count} failures; the first: {_broken[0].Message}", _broken[0]);
    }

    private void Ask(Engine engine, int index)
    {
        var task = AskAsync(engine, _asks[index]);
        if (_answered.Length > 0)
        {
            _answered[index] = task;
        }
    }

    private async Task AskAsync(Engine engine, ScenarioAsk ask)
    {
        _open++;
        try
        {
            if (ask.After >= 0 && _answered[ask.After] is { } parent)
            {
                await parent;
            }

            var at = _time.Elapsed;
            var demand = _planner.DemandOf(ask, _scenario.Clients[ask.Client].Name);
            var result = engine.TryFetch(demand, out var hit) ? hit : await engine.FetchAsync(demand, default);
            _tally.Note(result, _time.Elapsed - at);
            result.Return();
            if (result.Reply is { } reply)
            {
                await reply.DisposeAsync();
            }
        }
        catch (Exception error)
        {
            _broken.Add(error); // told when the day is over, with the day's seed
        }
        finally
        {
            _open--;
        }
    }
}
