using System.Text;
using Headgate.Catalogue;
using Headgate.Dispatch;

namespace Headgate.Gateway.Operations;

/// <summary>Modes set at run time, kept across restarts.</summary>
internal sealed class ModeStore(IRecordStore records, ModeBook modes, TimeProvider time)
{
    /// <summary>Scopes with a mode of their own, at most.</summary>
    public const int ScopesMax = 1_000;

    private const string Kind = "gate.mode";

    /// <summary>Sets what was set before the last stop.</summary>
    public async Task RestoreAsync(CancellationToken cancellation)
    {
        foreach (var record in await records.QueryAsync(new RecordQuery(Kind) { Max = ScopesMax }, cancellation))
        {
            if (ModeScope.Parse(record.Id) is { } scope && Parse(Encoding.UTF8.GetString(record.Content.Span)) is { } mode)
            {
                modes.Set(scope, mode);
            }
        }
    }

    /// <summary>Makes a mode durable and then sets it; null takes it back.</summary>
    /// <exception cref="IOException">It could not be made durable; nothing has changed.</exception>
    public async Task SetAsync(ModeScope scope, GateMode? mode, CancellationToken cancellation)
    {
        if (mode is { } set)
        {
            await records.PutAsync([new StoredRecord(Kind, scope.ToString(), time.GetUtcNow(), Encoding.UTF8.GetBytes(Name(set)))], cancellation);
        }
        else
        {
            await records.DeleteAsync(Kind, scope.ToString(), cancellation);
        }

        modes.Set(scope, mode);
    }

    public static string Name(GateMode mode) => mode switch
    {
        GateMode.Shadow => "shadow",
        GateMode.Bypass => "bypass",
        _ => "on",
    };

    public static GateMode? Parse(string? text) => text?.ToLowerInvariant() switch
    {
        "on" => GateMode.On,
        "shadow" => GateMode.Shadow,
        "bypass" => GateMode.Bypass,
        _ => null,
    };
}
