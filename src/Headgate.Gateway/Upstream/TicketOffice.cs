using System.Collections.Concurrent;
using System.Globalization;

namespace Headgate.Gateway.Upstream;

/// <summary>Numbers attempts and hands each one out once: whoever writes a request must show its number.</summary>
/// <remarks>Thread-safe. Bounded by the calls in flight.</remarks>
internal sealed class TicketOffice
{
    /// <summary>The header in which the number travels from the HTTP handler to the connection; it never reaches the wire.</summary>
    public const string HeaderName = "Ticket";

    private readonly ConcurrentDictionary<long, Attempt> _open = new();
    private long _last;

    public int Open => _open.Count;

    public string Issue(Attempt attempt, out long number)
    {
        number = Interlocked.Increment(ref _last);
        _open[number] = attempt;
        return number.ToString(CultureInfo.InvariantCulture);
    }

    /// <summary>The attempt of that number if it has not been written yet and is still wanted; else null.</summary>
    public Attempt? Redeem(long number) => _open.TryRemove(number, out var attempt) && attempt.TryWrite() ? attempt : null;

    /// <summary>Ends a ticket, used or not.</summary>
    public void Close(long number) => _open.TryRemove(number, out _);
}
