using Headgate.Desk.Monitors.Hosting;

namespace Headgate.Desk.Tests.Support;

/// <summary>A monitor whose cycles the test writes.</summary>
internal sealed class TestMonitor(string name, IReadOnlyList<DateTimeOffset> moments, Func<DateTimeOffset, Task>? cycle = null) : IMonitor
{
    public List<DateTimeOffset> Cycles { get; } = [];

    public string Name => name;

    public IReadOnlyList<DateTimeOffset> Moments(DateOnly day) => [.. moments.Where(moment => Ist.DayOf(moment) == day)];

    public async ValueTask<CycleResult> RunAsync(DateTimeOffset cycle1, CancellationToken cancellation)
    {
        Cycles.Add(cycle1);
        await (cycle?.Invoke(cycle1) ?? Task.CompletedTask);
        return new CycleResult(1, 1);
    }
}
