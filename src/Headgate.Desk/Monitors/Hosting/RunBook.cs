using System.Text.Json;

namespace Headgate.Desk.Monitors.Hosting;

/// <summary>Which cycle of a monitor was the last: durable, so that none runs twice in its minute, also across restarts.</summary>
/// <remarks>
/// A cycle is noted when it has ended. One that the process died in is run again if its moment is not past: its alerts carry the cycle's key, so that what was
/// raised before is not raised again.
/// </remarks>
internal sealed class RunBook(IRecordStore records)
{
    private const string Kind = "desk.run";

    public async ValueTask<DateTimeOffset?> LastAsync(string monitor, CancellationToken cancellation) =>
        (await records.GetAsync(Kind, monitor, cancellation))?.At;

    public async ValueTask EndedAsync(string monitor, DateTimeOffset cycle, DateTimeOffset ended, CycleResult? result, CancellationToken cancellation)
    {
        var content = JsonSerializer.SerializeToUtf8Bytes(new { cycle, ended, result });
        await records.PutAsync([new StoredRecord(Kind, monitor, cycle, content)], cancellation);
    }
}
