namespace Headgate.Desk.Alerts.Channels;

/// <summary>One attempt to deliver an alert.</summary>
/// <param name="Alert">The alert.</param>
/// <param name="Number">1 for the first.</param>
/// <param name="MayRepeat">An earlier attempt ended without anybody knowing whether it arrived: the message must show its key.</param>
public sealed record AlertAttempt(Alert Alert, int Number, bool MayRepeat);
