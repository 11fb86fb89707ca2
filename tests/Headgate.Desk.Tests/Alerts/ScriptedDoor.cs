using System.Text.Json;
using Headgate.Desk.Doors;

namespace Headgate.Desk.Tests.Alerts;

/// <summary>A door that keeps what was sent and answers by a script; every message takes 100 virtual milliseconds and has arrived half way.</summary>
internal sealed class ScriptedDoor(TimeProvider time) : IDeskDoor
{
    public List<(DateTimeOffset At, DeskMessage Message)> Arrived { get; init; } = [];

    public Queue<DeskAnswer> Answers { get; } = new();

    public Action<int>? OnArrival { get; set; }

    public TimeProvider Time => time;

    public IReadOnlyList<string> Texts => [.. Arrived.Select(arrived => Json(arrived.Message).GetProperty("text").GetString()!)];

    public ValueTask<DeskAnswer> AskAsync(DeskAsk ask, CancellationToken cancellation) => throw new NotSupportedException();

    public async ValueTask<DeskAnswer> SendAsync(DeskMessage message, CancellationToken cancellation)
    {
        await Task.Delay(TimeSpan.FromMilliseconds(50), time, CancellationToken.None);
        Arrived.Add((time.GetUtcNow(), message));
        OnArrival?.Invoke(Arrived.Count);
        await Task.Delay(TimeSpan.FromMilliseconds(50), time, CancellationToken.None);
        return Answers.TryDequeue(out var answer) ? answer : new DeskAnswer(200, "{\"ok\":true}"u8.ToArray());
    }

    public static JsonElement Json(DeskMessage message) => JsonDocument.Parse(message.Body).RootElement;
}
