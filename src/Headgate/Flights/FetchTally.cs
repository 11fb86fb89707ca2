using Headgate.Dispatch;

namespace Headgate.Flights;

/// <summary>How the items of one demand were come by, for its answer and for statistics.</summary>
internal sealed class FetchTally
{
    /// <summary>Items answered from fresh entries.</summary>
    public int Fresh { get; set; }

    /// <summary>Items that joined a flight of another demand.</summary>
    public int Joined { get; private set; }

    /// <summary>Items whose flight this demand started.</summary>
    public int Started { get; private set; }

    /// <summary>Items answered stale.</summary>
    public int Stale { get; set; }

    /// <summary>Of the stale ones, those a flight was under way for: it is counted as joined or started already.</summary>
    public int StaleAfterFlight { get; private set; }

    /// <summary>Calls made for this demand and counted for no other.</summary>
    public int Calls { get; private set; }

    /// <summary>In shadow: the gate would have answered from what it holds.</summary>
    public bool WouldHit { get; set; }

    /// <summary>Why anything was forwarded; a stable token, or null.</summary>
    public string? Reason { get; set; }

    public void Board(in Boarding boarding)
    {
        if (boarding.IsJoined)
        {
            Joined++;
        }
        else if (boarding.Flight is not null)
        {
            Started++;
        }
    }

    /// <summary>What is held stands in, stale, for what the boarding did not bring.</summary>
    public void StoodIn(in Boarding boarding)
    {
        Stale++;
        StaleAfterFlight += boarding.Flight is null ? 0 : 1;
    }

    public void Landed(in Boarding boarding) => Calls += boarding.IsJoined ? 0 : boarding.Flight?.CallsLed ?? 0;
}
