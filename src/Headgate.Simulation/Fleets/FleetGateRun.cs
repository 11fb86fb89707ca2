using Headgate.Catalogue;
using Headgate.Desk.Days;
using Headgate.Desk.Doors;
using Headgate.Upstream;
using Headgate.Upstreams;

namespace Headgate.Simulation;

/// <summary>A day through the real engine, in one process that may be killed and started anew.</summary>
internal sealed class FleetGateRun
{
    private static readonly TimeSpan DownTime = TimeSpan.FromSeconds(2);

    private readonly IFleetDay _day;
    private readonly FleetDayOptions _options;
    private readonly FleetStores _stores;
    private readonly VirtualTime _time;
    private readonly IReadOnlyList<FleetUpstream> _upstreams;
    private readonly TwinTransport _network;
    private readonly FleetLog _log;
    private readonly FleetWatch _watch;
    private readonly List<Exception> _broken = [];
    private readonly List<EngineStats> _stats = [];
    private readonly SeededHasher _hasher = new();
    private int _lives;

    public FleetGateRun(IFleetDay day, FleetDayOptions options, FleetStores stores)
    {
        _day = day;
        _options = options;
        _stores = stores;
        _time = new VirtualTime(day.Start);
        _upstreams = day.NewUpstreams(options.Seed, FleetVariant.Gate);
        _log = new FleetLog(day.Start.Offset);
        _watch = new FleetWatch(options.Engine.Linger, options.Markets, _log);
        _network = new TwinTransport(_time, [.. _upstreams.Select(upstream => upstream.Twin)]) { Fate = _ => new NetworkFate(options.Out, options.Back), Arrived = OnArrived };
    }

    public FleetLog Log => _log;

    public FleetWatch Watch => _watch;

    public IReadOnlyList<FleetUpstream> Upstreams => _upstreams;

    public FleetGateSide Run(Action<double> progress)
    {
        _time.Run(async () =>
        {
            await using var ticking = FleetProgress.Of(_time, _day.Length, progress);
            await LiveAsync();
        });
        return _broken.Count == 0
            ? FleetGateSide.Of(FleetSide.Of(_upstreams, _log), _watch, _stats)
            : throw new InvalidOperationException($"The engine reported {_broken.Count} failures; the first: {_broken[0].Message}", _broken[0]);
    }

    private async Task LiveAsync()
    {
        foreach (var moment in _options.Kills.Order())
        {
            var life = NewLife();
            var running = life.RunAsync();
            await _time.Delay(TimeSpan.FromTicks(Math.Max(0, moment.Ticks - _time.Elapsed)));
            if (running.IsCompleted)
            {
                await running;
                return;
            }

            life.Kill();
            await running;
            await _time.Delay(DownTime);
        }

        await NewLife().RunAsync();
    }

    private Life NewLife() => new(this, _lives++);

    private void OnArrived(UpstreamCall call, TwinReply reply)
    {
        if (!Of(call.Provider).IsMarketData)
        {
            return;
        }

        _log.NoteCall(_time.TrueNow);
        if (reply.Status == 200 && IsCandles(call))
        {
            _watch.Bars.NoteFetched(call.Target, BarCount.Of(reply.Body.Span));
        }
    }

    private FleetUpstream Of(string provider) => _upstreams.First(known => string.Equals(known.Twin.Name, provider, StringComparison.Ordinal));

    private bool IsCandles(UpstreamCall call)
    {
        var request = new ClientRequest { Method = call.Method, Target = call.Target, Headers = [] };
        return RequestPlanner.Plan(_options.Catalogue.Find(call.Provider)!, request, _hasher, secrets: null).Endpoint.Range is not null;
    }

    /// <summary>One life of the process: engine and fleet together, as in <c>headgate serve --desk</c>.</summary>
    private sealed class Life(FleetGateRun run, int number)
    {
        private readonly VirtualProcess _process = new(run._time);
        private readonly MemoryLedger _ledger = new(run._stores.Ledger, run._time, new Random(run._options.Seed + number)) { CommitLatencyMax = TimeSpan.Zero };
        private readonly MemoryEntryStore _entries = new(run._stores.Entries, run._time);
        private readonly MemoryHistoryStore _history = new(run._stores.History, run._time);
        private readonly MemoryRecordStore _records = new(run._stores.Records, run._time);
        private readonly MemoryTokenVault _vault = new(run._stores.Vault, run._time, new Random(run._options.Seed + number));

        public async Task RunAsync()
        {
            try
            {
                await _process.Run(LiveAsync);
            }
            catch (ProcessKilledException)
            {
                // The next life goes on from what was durable.
            }
        }

        public void Kill()
        {
            _ledger.Crash();
            _entries.Crash();
            _history.Crash();
            _records.Crash();
            _vault.Crash();
            _process.Kill();
        }

        private async Task LiveAsync()
        {
            var ports = new EnginePorts
            {
                Time = _process,
                BootId = _process.BootId,
                Random = new Random(run._options.Seed + number),
                Transport = run._network,
                Ledger = _ledger,
                Entries = _entries,
                History = _history,
                Hasher = new SeededHasher(),
                Secrets = new FleetSecrets(run._upstreams),
                Vault = _vault,
                Markets = run._options.Markets,
                Report = run._broken.Add,
            };
            await using var engine = await Engine.StartAsync(run._options.Engine, ports, run._options.Catalogue, CancellationToken.None);
            engine.Refresh.Witness = new RefreshWitness(run._watch, () => run._time.TrueNow);
            var door = new WatchedDoor(new EngineDoor(engine), engine, () => run._time.TrueNow, run._watch, provider => run.Of(provider).IsMarketData);
            var seat = new FleetSeat(FleetVariant.Gate, door, _records, run._options.Seed, run._day.Start + run._day.Length, run._log.NoteAlert) { Engine = engine };
            await run._day.RunAsync(seat, CancellationToken.None);
            run._stats.Add(EngineStats.Of(engine.Stats()));
        }
    }
}
