namespace Headgate.Desk.Monitors.Hosting;

/// <summary>What a cycle came to.</summary>
/// <param name="Total">Symbols in the universe.</param>
/// <param name="Checked">Symbols with a usable price.</param>
public sealed record CycleResult(int Total, int Checked)
{
    /// <summary>Alerts about falls.</summary>
    public int DropAlerts { get; init; }

    /// <summary>Alerts about rises.</summary>
    public int RiseAlerts { get; init; }

    /// <summary>Alerts a person has.</summary>
    public int AlertsSent { get; init; }

    /// <summary>Symbols or asks that failed.</summary>
    public int Errors { get; init; }

    /// <summary>Symbols with open interest.</summary>
    public int OiStocks { get; init; }

    /// <summary>Why it did not run or found nothing to do, or null.</summary>
    public string? Note { get; init; }
}
