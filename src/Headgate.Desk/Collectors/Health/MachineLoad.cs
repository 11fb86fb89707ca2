using System.Globalization;

namespace Headgate.Desk.Collectors.Health;

/// <summary>The machine this process runs on: processors and memory from Linux' <c>/proc</c>, the disk from the file system. Elsewhere the first two are unknown.</summary>
/// <remarks>The share of processors is that of 5 s at least: who reads sooner is told the last one.</remarks>
/// <param name="directory">A directory on the disk that is looked at.</param>
/// <param name="time">Tells how long ago processors were looked at.</param>
/// <param name="proc">Where <c>/proc</c> is.</param>
public sealed class MachineLoad(string directory, TimeProvider time, string proc = "/proc") : IHostLoad
{
    // Over a few ticks a share says nothing of the machine.
    private static readonly TimeSpan SpanMin = TimeSpan.FromSeconds(5);

    private readonly Lock _gate = new();
    private long _busy;
    private long _all;
    private decimal? _cpu;
    private long? _lookedAt;

    public HostLoad Read() => new(Known(Cpu), Known(Memory), Known(Disk));

    private static decimal? Known(Func<decimal?> read)
    {
        try
        {
            return read() is { } share ? decimal.Round(Math.Clamp(share, 0, 100), 1) : null;
        }
        catch (Exception unreadable) when (unreadable is IOException or UnauthorizedAccessException or FormatException or ArgumentException or IndexOutOfRangeException or OverflowException)
        {
            return null;
        }
    }

    // user nice system idle iowait irq softirq steal, in ticks since the machine started.
    private decimal? Cpu()
    {
        lock (_gate)
        {
            if (_lookedAt is not { } at || time.GetElapsedTime(at) >= SpanMin)
            {
                _cpu = CpuSince();
                _lookedAt = time.GetTimestamp();
            }

            return _cpu;
        }
    }

    private decimal? CpuSince()
    {
        long[] ticks = [.. FirstLine("stat").Split(' ', StringSplitOptions.RemoveEmptyEntries).Skip(1).Take(8).Select(static text => long.Parse(text, CultureInfo.InvariantCulture))];
        var all = ticks.Sum();
        var busy = all - ticks[3] - ticks[4];
        var (busySince, allSince) = (busy - _busy, all - _all);
        (_busy, _all) = (busy, all);
        return allSince <= 0 ? null : busySince * 100m / allSince;
    }

    private decimal? Memory()
    {
        var figures = File.ReadLines(Path.Combine(proc, "meminfo")).Select(static line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries))
            .Where(static words => words.Length > 1 && words[0] is "MemTotal:" or "MemAvailable:")
            .ToDictionary(static words => words[0], static words => long.Parse(words[1], CultureInfo.InvariantCulture), StringComparer.Ordinal);
        return figures is { Count: 2 } && figures["MemTotal:"] is > 0 and var total ? (total - figures["MemAvailable:"]) * 100m / total : null;
    }

    private decimal? Disk()
    {
        var drive = new DriveInfo(Path.GetFullPath(directory));
        return drive.TotalSize > 0 ? (drive.TotalSize - drive.AvailableFreeSpace) * 100m / drive.TotalSize : null;
    }

    private string FirstLine(string file) => File.ReadLines(Path.Combine(proc, file)).First();
}
