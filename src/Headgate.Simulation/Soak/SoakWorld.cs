using System.Text;
using Headgate.Upstream;
using Headgate.Upstreams;

namespace Headgate.Simulation;

/// <summary>A seed's world: clients, the gate's lives, the network and the upstream, under faults, and then in calm weather.</summary>
internal sealed class SoakWorld
{
    public static readonly DateTimeOffset Start = new(2026, 11, 20, 3, 59, 40, TimeSpan.Zero);

    // The longest closure is a back-off of 60 s, the longest pause of a breaker 30 s.
    private static readonly TimeSpan Recovery = TimeSpan.FromSeconds(150);

    private readonly SoakPlan _plan;
    private readonly Sabotage _sabotage;
    private readonly Random _random;
    private readonly VirtualTime _time;
    private readonly SoakWeather _weather;
    private readonly SoakScene _scene;
    private readonly TwinTransport _network;
    private readonly List<IInvariant> _invariants;
    private readonly LedgerDisk _ledgerDisk = new();
    private readonly EntryDisk _entryDisk = new();
    private readonly MemoryWatchStore _watches = new();
    private readonly SortedDictionary<FetchKind, int> _answers = [];
    private UpstreamCall? _arriving;
    private SoakGate? _gate;
    private int _boot = 1;
    private long _bootedAt;
    private int _lives;
    private int _crashes;

    public SoakWorld(SoakPlan plan, Sabotage sabotage, bool keepsLines)
    {
        _plan = plan;
        _sabotage = sabotage;
        _random = new Random(plan.Seed ^ 0x5eed);
        _time = new VirtualTime(Start, plan.Shuffled ? new Random(plan.Seed) : null);
        _time.Log.KeepsLines = keepsLines;
        _weather = new SoakWeather(plan, new Random(plan.Seed + 1));
        var twin = new SoakTwin(plan, _weather.Faults);
        _scene = new SoakScene { Plan = plan, Time = _time, Oracle = new Oracle(), Twin = twin, Ledger = _ledgerDisk };
        twin.Said = item => _scene.Oracle.Said(item, _arriving!, _time.Elapsed);
        _network = new TwinTransport(_time, Arrive) { Fate = _ => _weather.Draw(), Sending = OnSending, Heard = OnHeard };
        _invariants =
        [
            new NeverOverALimit(_scene), new OneChargeOneArrival(_scene), new NothingLost(_scene), new ObeysRetryAfter(_scene), new NeverWrongData(_scene),
            new NeverStalerThanAsked(_scene), new NeverShared(_scene), new WritesOnce(_scene), new EndsInTime(_scene), new PoisonIsItsOwn(_scene), new RefusalsChangeNothing(_scene), new ClosedMarketIsQuiet(_scene), new BackgroundLeavesTheReserve(_scene),
        ];
    }

    /// <summary>Runs to the end, or to the first violation.</summary>
    public SoakResult Run()
    {
        try
        {
            _time.Run(MainAsync);
        }
        catch (SoakStoppedException)
        {
            // The violation is told in the result.
        }
        catch (Exception error) when (error is not OutOfMemoryException)
        {
            // A deadlock, a foreign thread or an engine that throws is a failure of the seed, not of the soak.
            _scene.Violations.Add($"{error.GetType().Name}: {error.Message} {error.StackTrace}");
        }

        return new SoakResult(_plan.Seed, _time.Log.Hash, _scene.Violations, _answers, _network.Sent, _crashes, _time.Events, _time.Log.Lines);
    }

    private async Task MainAsync()
    {
        await StartGateAsync();
        var demands = new SoakDemands(_plan, new Random(_plan.Seed + 2));
        List<Task> running = [.. demands.Day().Select(planned => AskAtAsync(planned.At, planned.Ask))];
        running.Add(CrashAsync());
        running.Add(StepClocksAsync());
        running.Add(FillDisksAsync());
        await Task.WhenAll(running);

        _weather.Calm();
        await _time.Delay(Recovery);
        if (_plan.Focus == SoakFocus.All)
        {
            // An endpoint that failed is tried by the first that asks, and nobody waits for that probe (an open breaker answers at once): so the first round
            // may be refused, and the second may not.
            foreach (var together in demands.Liveness())
            {
                await Task.WhenAll(together.Select(ask => AskAsync(ask with { MustBeServed = false })));
            }

            foreach (var together in demands.Liveness())
            {
                await Task.WhenAll(together.Select(AskAsync));
            }
        }

        await _time.Delay(TimeSpan.FromSeconds(20));
        foreach (var invariant in _invariants)
        {
            invariant.Ended();
        }

        StopOnViolation();
    }

    private async Task AskAtAsync(TimeSpan at, SoakAsk ask)
    {
        await _time.Delay(at);
        await AskAsync(ask);
    }

    private async Task AskAsync(SoakAsk ask)
    {
        StopOnViolation();
        if (_gate is not { } gate)
        {
            return; // connection refused: the gate is down
        }

        Log("ask", () => ask.ToString(), ask.Number);
        using var leaving = new CancellationTokenSource();
        using var leave = ask.Patience is { } patience ? _time.CreateTimer(_ => gate.Leave(leaving), null, patience, Timeout.InfiniteTimeSpan) : null;
        using var waiting = _time.Waiting(ask.ToString());
        using var overdue = _time.CreateTimer(_ => Overdue(ask, gate), null, ask.EffectiveDeadline + TimeSpan.FromSeconds(1) + _plan.CommitMax, Timeout.InfiniteTimeSpan);
        try
        {
            if (await gate.AskAsync(ask, leaving, _sabotage) is { } answer)
            {
                Log("answer", () => $"{ask.Number} {answer.Kind} {answer.Status} {answer.Refusal?.Kind} age={answer.Age.TotalSeconds:0.######} {string.Join(' ', answer.Items.Select(item => item.IsNegative ? "-" : item.Text))}", ask.Number);
                _answers[answer.Kind] = _answers.GetValueOrDefault(answer.Kind) + 1;
                Tell(invariant => invariant.Answered(answer));
            }
        }
        catch (ProcessKilledException)
        {
            Log("broken", () => "", ask.Number);
        }
    }

    private void Overdue(SoakAsk ask, SoakGate gate)
    {
        if (gate.Process.IsAlive && ask.AskedAt > 0)
        {
            _scene.Fail(_invariants.OfType<EndsInTime>().Single(), $"{ask} hangs beyond its deadline");
        }
    }

    private async Task StartGateAsync()
    {
        var process = new VirtualProcess(_time, _boot, _bootedAt);
        if (!string.Equals(_ledgerDisk.Load().Clock?.BootId, process.BootId, StringComparison.Ordinal))
        {
            // At the first start, and from one boot to the next, the wall clock is all there is and is believed within the guard (ADR 002).
            _time.Step(-_time.WallOffset);
        }

        var ledger = new MemoryLedger(_ledgerDisk, _time, new Random(_plan.Seed + 100 + _lives)) { CommitLatencyMax = _plan.CommitMax };
        var gate = new SoakGate(_time, process, ledger, new MemoryEntryStore(_entryDisk, _time), _network) { Report = OnReport };
        await gate.StartAsync(_plan, _plan.Seed + _lives, _sabotage, _watches);
        _lives++;
        _gate = gate;
        Log("started", () => process.BootId, _lives);
    }

    private async Task CrashAsync()
    {
        for (var i = 0; i < _plan.Crashes; i++)
        {
            await _time.Delay(TimeSpan.FromTicks(_random.NextInt64(_plan.Length.Ticks / _plan.Crashes)));
            if (_random.Next(2) == 0)
            {
                await AtNextCommitAsync();
            }

            Kill();
            await _time.Delay(TimeSpan.FromMilliseconds(_random.Next(3) == 0 ? 0 : _random.Next(4000)));
            if (_random.Next(4) == 0)
            {
                await RebootAsync();
            }

            await StartGateAsync();
        }
    }

    /// <summary>Waits for the ledger to begin a commit, some time soon, and stops the process within it.</summary>
    private async Task AtNextCommitAsync()
    {
        var begun = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var gate = _gate!;
        var last = _time.CreateTimer(_ => begun.TrySetResult(), null, TimeSpan.FromSeconds(10), Timeout.InfiniteTimeSpan);
        gate.Ledger.BeforeCommit = _ =>
        {
            gate.Ledger.BeforeCommit = null;
            if (gate.Process.IsAlive)
            {
                gate.Kill();
            }

            begun.TrySetResult();
        };
        await begun.Task;
        gate.Ledger.BeforeCommit = null;
        await last.DisposeAsync();
    }

    private void Kill()
    {
        Log("kill", () => "", _crashes);
        _crashes++;
        _gate!.Kill();
        _gate = null;
        Tell(invariant => invariant.Crashed());
    }

    private async Task RebootAsync()
    {
        await _time.Delay(TimeSpan.FromSeconds(10 + _random.Next(20)));
        _boot++;
        _bootedAt = _time.Elapsed - TimeSpan.FromSeconds(5).Ticks;
    }

    private async Task StepClocksAsync()
    {
        for (var i = 0; i < _plan.ClockSteps; i++)
        {
            await _time.Delay(TimeSpan.FromTicks(_random.NextInt64(_plan.Length.Ticks / _plan.ClockSteps)));
            _time.Step(TimeSpan.FromMilliseconds(_random.Next(3) switch
            {
                0 => _random.Next(-2000, 2000),
                1 => _random.Next(-120_000, 120_000),
                _ => _random.Next(-7_200_000, 7_200_000),
            }));
        }
    }

    private async Task FillDisksAsync()
    {
        for (var i = 0; i < _plan.FullDisks; i++)
        {
            await _time.Delay(TimeSpan.FromTicks(_random.NextInt64(_plan.Length.Ticks)));
            if (_gate is { } gate)
            {
                gate.Ledger.IsHealthy = false;
                Log("disk full", () => "", 0);
                await _time.Delay(TimeSpan.FromMilliseconds(_random.Next(8000)));
                gate.Ledger.IsHealthy = true;
            }
        }
    }

    private TwinReply Arrive(UpstreamCall call, DateTimeOffset at)
    {
        _arriving = call;
        var reply = _scene.Twin.HandleAt(TwinTransport.ToRequest(call), at);
        Log("arrive", () => $"{call.Id} {call.Target} -> {reply.Status} {reply.Fault.Kind}", call.Id);
        _scene.Oracle.Replied(call.Target, SoakTwin.KeyOf(TwinTransport.ToRequest(call)), Encoding.UTF8.GetString(reply.Body.Span));
        Tell(invariant => invariant.Arrived(call, reply));
        return reply;
    }

    private void OnSending(UpstreamCall call)
    {
        _scene.Oracle.Sent(call, _time.Elapsed);
        Log("send", () => $"{call.Id} {call.Method} {call.Target} {call.Headers.FirstOrDefault(header => header.Is("Authorization")).Value}", call.Id);
        Tell(invariant => invariant.Sending(call));
    }

    private void OnHeard(UpstreamCall call, TransportResult result)
    {
        Log("heard", () => $"{call.Id} {result.Reply?.Status} {result.Fault?.Kind}", call.Id);
        Tell(invariant => invariant.Heard(call, result));
    }

    private void OnReport(Exception error)
    {
        if (error is not Budgets.LedgerException)
        {
            _scene.Violations.Add($"the engine reports {error}");
        }
    }

    private void Tell(Action<IInvariant> what)
    {
        foreach (var invariant in _invariants)
        {
            what(invariant);
        }
    }

    private void StopOnViolation()
    {
        if (_scene.Violations.Count > 0)
        {
            throw new SoakStoppedException();
        }
    }

    private void Log(string kind, Func<string> detail, long number)
    {
        _time.Log.Add(kind, number, _time.Elapsed);
        if (_time.Log.KeepsLines)
        {
            _time.Log.Note($"{SoakScene.Seconds(_time.Elapsed)} {kind} {detail()}");
        }
    }

    private sealed class SoakStoppedException : Exception;
}
