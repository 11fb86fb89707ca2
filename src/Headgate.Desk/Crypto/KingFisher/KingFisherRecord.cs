using System.Text.Json;

namespace Headgate.Desk.Crypto.KingFisher;

/// <summary>What the analyser said of the latest image of a symbol and kind.</summary>
/// <param name="At">When it was analysed (wall clock).</param>
/// <param name="Level">How fast it grows old.</param>
/// <param name="IsFresh">Is it within its level's time?</param>
/// <param name="Analysis">The analyser's answer, as it was given.</param>
public sealed record KingFisherRecord(DateTimeOffset At, KingFisherLevel Level, bool IsFresh, JsonElement Analysis);
