using System.Net;
using Headgate.Desk.Alerts;
using Headgate.Desk.Waiting;

namespace Headgate.Desk.Crypto.Signals;

/// <summary>The latest signals, and those that still have to go out as alerts. Thread-safe.</summary>
/// <param name="alerts">Who delivers them; null for nobody.</param>
/// <param name="time">The clock.</param>
internal sealed class SignalBook(IAlertDesk? alerts, TimeProvider time)
{
    private const int Kept = 100;

    private readonly Lock _lock = new();
    private readonly LinkedList<CryptoSignal> _latest = new();
    private readonly LinkedList<CryptoSignal> _unsent = new();

    /// <summary>Why alerts wait, or null.</summary>
    public string? Problem { get; private set; }

    /// <summary>Newest first, a hundred at most.</summary>
    public IReadOnlyList<CryptoSignal> Latest()
    {
        lock (_lock)
        {
            return [.. _latest];
        }
    }

    public void Add(CryptoSignal signal)
    {
        lock (_lock)
        {
            _latest.AddFirst(signal);
            if (_latest.Count > Kept)
            {
                _latest.RemoveLast();
            }

            if (alerts is not null)
            {
                _unsent.AddLast(signal);
            }
        }
    }

    /// <summary>Hands over what waits, all of it at once, since each may be waited for; what cannot be made durable now waits on. One at a time.</summary>
    public async ValueTask RaiseAsync(CancellationToken cancellation)
    {
        try
        {
            await Together.AllAsync([.. Unsent().Select(signal => RaiseAsync(signal, cancellation))]);
            Problem = null;
        }
        catch (IOException problem)
        {
            Problem = $"alerts wait: {problem.Message}";
        }
    }

    private async Task RaiseAsync(CryptoSignal signal, CancellationToken cancellation)
    {
        var summary = $"{signal.Symbol} {signal.Kind.Replace('_', ' ')}: {signal.Detail}";
        var alert = new Alert("crypto", signal.Kind, signal.Symbol.Name, signal.At, time.GetUtcNow())
        {
            Html = WebUtility.HtmlEncode(summary),
            Summary = summary,
            Mark = AlertRef.Of(signal.Key),
        };
        await alerts!.RaiseAsync(alert, cancellation);
        lock (_lock)
        {
            _unsent.Remove(signal);
        }
    }

    private List<CryptoSignal> Unsent()
    {
        lock (_lock)
        {
            return [.. _unsent];
        }
    }
}
