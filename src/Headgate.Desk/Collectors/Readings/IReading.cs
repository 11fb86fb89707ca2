namespace Headgate.Desk.Collectors.Readings;

/// <summary>What is told of every reading, whatever its value is.</summary>
public interface IReading
{
    /// <summary>What was read: a symbol, a feed, a group of series.</summary>
    string Item { get; }

    /// <summary>Catalogue name of the provider; empty where no provider of the catalogue has it.</summary>
    string Source { get; }

    /// <summary>How good it is.</summary>
    ReadingState State { get; }

    /// <summary>When the call that brought the value was sent; null without a value.</summary>
    DateTimeOffset? At { get; }

    /// <summary>Why it is stale or unavailable, in one sentence; null when fresh.</summary>
    string? Reason { get; }

    /// <summary>The value, or null.</summary>
    object? Data { get; }

    /// <summary>The same value, told as stale.</summary>
    /// <param name="reason">Why, in one sentence.</param>
    IReading AsStale(string reason);
}
