namespace Headgate.Desk.Alerts.FollowUps;

/// <summary>Prices after an alert, in rupees; null where none is known (yet). None is ever made up.</summary>
/// <param name="TwoMinutes">Two minutes after the alert's cycle.</param>
/// <param name="TenMinutes">Ten minutes after it.</param>
/// <param name="EndOfDay">After the close.</param>
public sealed record FollowUp(decimal? TwoMinutes, decimal? TenMinutes, decimal? EndOfDay)
{
    /// <summary>Nothing known yet.</summary>
    public static FollowUp None { get; } = new(null, null, null);

    /// <summary>The row's status: complete once the end-of-day price is known.</summary>
    [System.Text.Json.Serialization.JsonIgnore]
    public string Status => EndOfDay is null ? "Pending" : "Complete";
}
