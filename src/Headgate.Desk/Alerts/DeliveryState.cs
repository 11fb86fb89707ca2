namespace Headgate.Desk.Alerts;

/// <summary>Where the delivery of an alert to one channel stands.</summary>
public enum DeliveryStage
{
    /// <summary>Not delivered yet.</summary>
    Waiting,

    /// <summary>An attempt is under way, or was when the process died.</summary>
    Sending,

    /// <summary>It arrived.</summary>
    Sent,

    /// <summary>Nobody knows whether it arrived, and the window of repetitions is over.</summary>
    Uncertain,

    /// <summary>It did not arrive in all the time it was tried.</summary>
    GivenUp,
}

/// <summary>The delivery of an alert to one channel, as recorded.</summary>
/// <param name="Stage">Where it stands.</param>
/// <param name="Attempts">Attempts begun.</param>
/// <param name="MayRepeat">Some attempt ended with nobody knowing whether it arrived.</param>
public sealed record DeliveryState(DeliveryStage Stage, int Attempts, bool MayRepeat)
{
    /// <summary>When it arrived (wall clock), or null.</summary>
    public DateTimeOffset? SentAt { get; init; }

    /// <summary>Not to be tried before, or null.</summary>
    public DateTimeOffset? NextAt { get; init; }

    /// <summary>Why the last attempt failed, or null.</summary>
    public string? Why { get; init; }

    /// <summary>Nothing more will be attempted.</summary>
    [System.Text.Json.Serialization.JsonIgnore]
    public bool IsFinal => Stage is DeliveryStage.Sent or DeliveryStage.Uncertain or DeliveryStage.GivenUp;

    internal static DeliveryState New => new(DeliveryStage.Waiting, 0, MayRepeat: false);
}
