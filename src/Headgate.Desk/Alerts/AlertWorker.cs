using System.Globalization;
using Headgate.Desk.Alerts.Channels;

namespace Headgate.Desk.Alerts;

/// <summary>Delivers to one channel, one alert after the other, until each is sent or beyond hope.</summary>
internal sealed class AlertWorker(IAlertChannel channel, bool isMain, AlertStore store, TimeProvider time, AlertDeskOptions options, Action<string>? note)
{
    private static readonly TimeSpan WaitMax = TimeSpan.FromMinutes(1);

    private readonly AlertQueue _queue = new();
    private int _failuresInRow;
    private volatile bool _isAttempting;

    public string Channel => channel.Name;

    /// <summary>Something waits or is under way.</summary>
    public bool IsBusy => _isAttempting || _queue.Count > 0;

    public void Add(OpenAlert alert, DeliveryState state)
    {
        if (state.IsFinal)
        {
            Tell(alert, state.Stage == DeliveryStage.Sent);
            alert.Close();
            return;
        }

        // A process died in this attempt: nobody knows whether it arrived.
        var known = state.Stage == DeliveryStage.Sending ? state with { Stage = DeliveryStage.Waiting, MayRepeat = channel.CanBeUncertain } : state;
        _queue.Add(new QueuedAlert(alert, known));
        if (_queue.ClosedUntil > time.GetUtcNow() + options.RaiseWait)
        {
            Tell(alert, isSent: false);
        }
    }

    /// <summary>An alert this channel is not meant for.</summary>
    public void Skip(OpenAlert alert)
    {
        Tell(alert, isSent: false);
        alert.Close();
    }

    public async Task RunAsync(CancellationToken cancellation)
    {
        try
        {
            while (true)
            {
                _isAttempting = true;
                if (_queue.Take(time.GetUtcNow(), out var next, out var pause) is { } alert)
                {
                    await AttemptAsync(alert, cancellation);
                    continue;
                }

                _isAttempting = false;
                // The wall clock may be stepped, so no timer is trusted for long.
                var wait = next - time.GetUtcNow();
                await pause.WaitAsync(wait > WaitMax ? WaitMax : wait, time, cancellation);
            }
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            // What was under way is recorded as such, and the next process takes it up.
        }
    }

    private async Task AttemptAsync(QueuedAlert queued, CancellationToken cancellation)
    {
        var alert = queued.Open.Alert;
        var now = time.GetUtcNow();
        if (Ending(alert, queued.State, now) is { } ended)
        {
            await RecordAsync(queued, ended, cancellation);
            return;
        }

        var begun = queued.State with { Stage = DeliveryStage.Sending, Attempts = queued.State.Attempts + 1, NextAt = null };
        ChannelOutcome outcome;
        try
        {
            if (channel.CanBeUncertain)
            {
                await store.PutAsync(alert, channel.Name, begun, isMain, cancellation);
            }

            outcome = await channel.DeliverAsync(new AlertAttempt(alert, begun.Attempts, begun.MayRepeat), cancellation);
        }
        catch (IOException error)
        {
            // Unrecorded, so nothing went out: what cannot be remembered must not be sent.
            outcome = new ChannelOutcome(ChannelVerdict.Unavailable, error.Message);
        }
        catch (Exception error) when (error is not OperationCanceledException)
        {
            // The boundary between a channel and the desk: a channel that breaks harms no other, and whether its message arrived is unknown.
            outcome = new ChannelOutcome(ChannelVerdict.Uncertain, error.Message);
        }

        await RecordAsync(queued, After(begun, outcome), cancellation);
    }

    private DeliveryState? Ending(Alert alert, DeliveryState state, DateTimeOffset now)
    {
        var age = now - alert.RaisedAt;
        return state.MayRepeat && age > options.RepeatWithin
            ? state with { Stage = DeliveryStage.Uncertain }
            : age > options.KeepTryingFor ? state with { Stage = DeliveryStage.GivenUp } : null;
    }

    private DeliveryState After(DeliveryState begun, ChannelOutcome outcome)
    {
        var now = time.GetUtcNow();
        if (outcome.Verdict == ChannelVerdict.Sent)
        {
            _failuresInRow = 0;
            return begun with { Stage = DeliveryStage.Sent, SentAt = now, Why = null };
        }

        var isChannels = outcome.Verdict != ChannelVerdict.Refused;
        _failuresInRow = isChannels ? Math.Min(_failuresInRow + 1, 30) : 0;
        var next = now + Backoff(isChannels ? _failuresInRow : begun.Attempts);
        next = outcome.RetryAt is { } told && told > next ? told : outcome.RetryAt is { } soon && soon > now ? soon : next;
        if (isChannels)
        {
            _queue.Close(next);
        }

        return begun with
        {
            Stage = DeliveryStage.Waiting,
            MayRepeat = begun.MayRepeat || (outcome.Verdict == ChannelVerdict.Uncertain && channel.CanBeUncertain),
            NextAt = next,
            Why = outcome.Why,
        };
    }

    private async Task RecordAsync(QueuedAlert queued, DeliveryState state, CancellationToken cancellation)
    {
        // Until it is on record it is not done: a full disk delays, it does not make the desk send again.
        for (var failures = 1; ; failures++)
        {
            try
            {
                await store.PutAsync(queued.Open.Alert, channel.Name, state, isMain, cancellation);
                break;
            }
            catch (IOException error)
            {
                note?.Invoke($"{channel.Name}: what became of an alert cannot be recorded ({error.Message}); the channel waits");
                Tell(queued.Open, state.Stage == DeliveryStage.Sent);
                await Task.Delay(Backoff(failures), time, cancellation);
            }
        }

        Tell(queued.Open, state.Stage == DeliveryStage.Sent);
        if (state.IsFinal)
        {
            queued.Open.Close();
            if (state.Stage != DeliveryStage.Sent)
            {
                note?.Invoke($"{channel.Name}: {queued.Open.Alert.Key} is {(state.Stage == DeliveryStage.Uncertain ? "uncertain and not repeated any more" : "given up")} ({state.Why})");
            }

            return;
        }

        note?.Invoke(string.Create(
            CultureInfo.InvariantCulture, $"{channel.Name}: {queued.Open.Alert.Key} did not go out ({state.Why}); attempt {state.Attempts + 1} at {state.NextAt?.UtcDateTime:HH:mm:ss} UTC"));
        queued.State = state;
        _queue.Add(queued);
        if (_queue.ClosedUntil > time.GetUtcNow())
        {
            foreach (var other in _queue.Waiting())
            {
                Tell(other.Open, isSent: false);
            }
        }
    }

    private TimeSpan Backoff(int failures)
    {
        var wait = options.BackoffBase;
        for (var i = 1; i < failures && wait < options.BackoffMax; i++)
        {
            wait += wait;
        }

        return wait < options.BackoffMax ? wait : options.BackoffMax;
    }

    private void Tell(OpenAlert alert, bool isSent)
    {
        if (isMain)
        {
            alert.Tell(isSent);
        }
    }
}
