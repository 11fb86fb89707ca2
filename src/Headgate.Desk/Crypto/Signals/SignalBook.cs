using System.Net;
using Headgate.Desk.Alerts;

namespace Headgate.Desk.Crypto.Signals;

/// <summary>The latest signals, and those that still have to go out as alerts. Thread-safe.</summary>
/// <param name="alerts">Who delivers them; null for nobody.</param>
/// <param name="time">The clock.</param>
internal sealed class SignalBook(IAlertDesk? alerts, TimeProvider time)
{
    private const int Kept = 100;

    private readonly Lock _lock = new();
    private readonly LinkedList<CryptoSignal> _latest = new();
    private readonly Queue<CryptoSignal> _unsent = new();

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
                _unsent.Enqueue(signal);
            }
        }
    }

    /// <summary>Hands over what waits; what cannot be made durable now waits on. One at a time.</summary>
    public async ValueTask RaiseAsync(CancellationToken cancellation)
    {
        try
        {
            while (Next() is { } signal)
            {
                var summary = $"{signal.Symbol} {signal.Kind.Replace('_', ' ')}: {signal.Detail}";
                await alerts!.RaiseAsync(
                    new Alert("crypto", signal.Kind, signal.Symbol.Name, signal.At, time.GetUtcNow()) { Html = WebUtility.HtmlEncode(summary), Summary = summary }, cancellation);
                Done();
            }

            Problem = null;
        }
        catch (IOException problem)
        {
            Problem = $"alerts wait: {problem.Message}";
        }
    }

    private CryptoSignal? Next()
    {
        lock (_lock)
        {
            return _unsent.TryPeek(out var signal) ? signal : null;
        }
    }

    private void Done()
    {
        lock (_lock)
        {
            _unsent.Dequeue();
        }
    }
}
