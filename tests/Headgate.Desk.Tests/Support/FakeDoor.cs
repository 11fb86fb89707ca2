using System.Text;
using Headgate.Desk.Doors;

namespace Headgate.Desk.Tests.Support;

/// <summary>A door whose answers the test writes; every ask is kept.</summary>
internal sealed class FakeDoor(TimeProvider time, Func<DeskAsk, DeskAnswer> answer) : IDeskDoor
{
    public List<DeskAsk> Asks { get; } = [];

    public TimeProvider Time => time;

    public static DeskAnswer Data(string body) => new(200, Encoding.UTF8.GetBytes(body));

    public static DeskAnswer Refused(string detail) => new(429, default) { Refusal = new Refusal(RefusalKind.Limited, 429, detail, RetryAt: null, Limit: null) };

    public ValueTask<DeskAnswer> AskAsync(DeskAsk ask, CancellationToken cancellation)
    {
        Asks.Add(ask);
        return ValueTask.FromResult(answer(ask));
    }

    public ValueTask<DeskAnswer> SendAsync(DeskMessage message, CancellationToken cancellation) => throw new NotSupportedException();
}
