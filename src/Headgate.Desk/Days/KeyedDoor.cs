using Headgate.Desk.Doors;

namespace Headgate.Desk.Days;

/// <summary>A door for clients without a gate, which show their key in the query of each read.</summary>
internal sealed class KeyedDoor(IDeskDoor inner, string provider, string parameter) : IDeskDoor
{
    public TimeProvider Time => inner.Time;

    public ValueTask<DeskAnswer> AskAsync(DeskAsk ask, CancellationToken cancellation) => inner.AskAsync(
        string.Equals(ask.Provider, provider, StringComparison.Ordinal) ? ask with { Target = $"{ask.Target}{(ask.Target.Contains('?', StringComparison.Ordinal) ? '&' : '?')}{parameter}" } : ask,
        cancellation);

    public ValueTask<DeskAnswer> SendAsync(DeskMessage message, CancellationToken cancellation) => inner.SendAsync(message, cancellation);
}
