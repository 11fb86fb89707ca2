using System.Collections.Concurrent;
using Headgate.Desk.Alerts.Channels;
using Headgate.Desk.Waiting;

namespace Headgate.Desk.Alerts;

/// <summary>Makes alerts durable and delivers each to every channel: at least once, and a second time only where nobody knows about the first.</summary>
/// <remarks>
/// <para>
/// An alert is a record before anything is sent (its key decides races and repetitions); each attempt is a record before it begins, and its success is one before
/// it counts. A process killed anywhere leaves either an alert that nobody tried, which the next process sends; or one on record as being sent, which the next
/// process sends again, showing its key, within <see cref="AlertDeskOptions.RepeatWithin"/>; or one on record as sent, which is never sent again.
/// </para>
/// <para>Thread-safe. Channels are tried side by side, a channel's alerts one after the other, oldest first.</para>
/// </remarks>
public sealed class AlertDesk : IAlertDesk, IAsyncDisposable
{
    private readonly AlertStore _store;
    private readonly TimeProvider _time;
    private readonly AlertDeskOptions _options;
    private readonly AlertWorker[] _workers;
    private readonly Action<string>? _note;
    private readonly ConcurrentDictionary<string, OpenAlert> _open = new(StringComparer.Ordinal);
    private readonly CancellationTokenSource _stop = new();
    private Task _running = Task.CompletedTask;
    private long _version;

    /// <param name="records">Where alerts and deliveries are kept.</param>
    /// <param name="channels">Where they go; the first is the main one. Names are distinct.</param>
    /// <param name="time">Wall clock and timers.</param>
    /// <param name="options">Null for the defaults.</param>
    /// <param name="note">Told in a sentence, without secrets, what went wrong; must not throw.</param>
    public AlertDesk(IRecordStore records, IReadOnlyList<IAlertChannel> channels, TimeProvider time, AlertDeskOptions? options = null, Action<string>? note = null)
    {
        ArgumentOutOfRangeException.ThrowIfZero(channels.Count);
        if (channels.Select(static channel => channel.Name).Distinct(StringComparer.Ordinal).Count() != channels.Count)
        {
            throw new ArgumentException("Two channels have one name.", nameof(channels));
        }

        _store = new AlertStore(records);
        _time = time;
        _options = options ?? new AlertDeskOptions();
        _note = note;
        _workers = [.. channels.Select((channel, i) => new AlertWorker(channel, i == 0, _store, time, _options, note))];
    }

    /// <summary>The main channel's name.</summary>
    public string MainChannel => _workers[0].Channel;

    /// <summary>Alerts and what became of them.</summary>
    public AlertStore Alerts => _store;

    /// <summary>Grows with every alert raised: whoever keeps files of them knows when they are behind.</summary>
    public long Version => Interlocked.Read(ref _version);

    /// <summary>Takes up what an earlier process left, and begins to deliver. Called once, before the first alert is raised.</summary>
    /// <exception cref="IOException">The records cannot be read.</exception>
    public async Task StartAsync(CancellationToken cancellation)
    {
        var since = _time.GetUtcNow() - (_options.KeepTryingFor > _options.RepeatWithin ? _options.KeepTryingFor : _options.RepeatWithin) - TimeSpan.FromHours(1);
        var names = _workers.Select(static worker => worker.Channel).ToHashSet(StringComparer.Ordinal);
        var undelivered = (await _store.ListAsync(since, before: null, int.MaxValue, cancellation)).Where(status => status.Waiting.Any(names.Contains)).ToList();
        if (undelivered.Count > _options.RecoverMax)
        {
            _note?.Invoke($"{undelivered.Count} alerts were not delivered; the oldest {_options.RecoverMax} are taken up, the others by the next start");
        }

        foreach (var left in undelivered.Take(_options.RecoverMax))
        {
            var open = new OpenAlert(left.Alert, _workers.Length, Forget);
            if (_open.TryAdd(left.Alert.Key, open))
            {
                Enqueue(open, left.Deliveries, left.Channels);
            }
        }

        _running = Together.AllAsync([.. _workers.Select(worker => worker.RunAsync(_stop.Token))]);
    }

    /// <exception cref="IOException">The alert could not be made durable; nothing was sent, and it may be raised again.</exception>
    public async ValueTask<bool> RaiseAsync(Alert alert, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        var open = new OpenAlert(alert, _workers.Length, Forget);
        var present = _open.GetOrAdd(alert.Key, open);
        if (ReferenceEquals(present, open))
        {
            try
            {
                // Never left half way: an alert that became durable is delivered, whoever stops waiting for it.
                var isNew = await _store.TryAddAsync(alert, [.. _workers.Select(static worker => worker.Channel)], CancellationToken.None);
                var known = isNew ? null : await _store.GetAsync(alert, CancellationToken.None);
                Enqueue(open, known?.Deliveries, known?.Channels);
                Interlocked.Increment(ref _version);
            }
            catch
            {
                open.Tell(isSent: false);
                Forget(open);
                throw;
            }
        }

        // Bounded, since the monitor that raised it has a next cycle: what takes longer is delivered in the background.
        return await present.MainAsync(_options.RaiseWait, _time, cancellation);
    }

    /// <summary>Completes when every channel has delivered or given up what it was handed; for tools that run once and end.</summary>
    /// <returns>False when the time was over first; what is left is delivered by the next process.</returns>
    public async ValueTask<bool> DrainAsync(TimeSpan within, CancellationToken cancellation)
    {
        var until = _time.GetUtcNow() + within;
        while (_workers.Any(static worker => worker.IsBusy))
        {
            if (_time.GetUtcNow() >= until)
            {
                return false;
            }

            await Task.Delay(TimeSpan.FromMilliseconds(20), _time, cancellation);
        }

        return true;
    }

    /// <summary>Stops delivering; what is under way is on record and taken up by the next process.</summary>
    public async ValueTask DisposeAsync()
    {
        _stop.Cancel();
        await _running;
        _stop.Dispose();
    }

    private void Enqueue(OpenAlert alert, IReadOnlyDictionary<string, DeliveryState>? states, IReadOnlyList<string>? channels)
    {
        foreach (var worker in _workers)
        {
            if (channels is null || channels.Contains(worker.Channel, StringComparer.Ordinal))
            {
                worker.Add(alert, states?.GetValueOrDefault(worker.Channel) ?? DeliveryState.New);
            }
            else
            {
                worker.Skip(alert);
            }
        }
    }

    private void Forget(OpenAlert alert) => _open.TryRemove(new KeyValuePair<string, OpenAlert>(alert.Alert.Key, alert));
}
