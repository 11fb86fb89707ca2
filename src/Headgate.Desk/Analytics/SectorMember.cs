namespace Headgate.Desk.Analytics;

/// <summary>A stock as its sector sees it; what is not known is null.</summary>
/// <param name="Symbol">Trading symbol.</param>
/// <param name="Sector">Its sector.</param>
/// <param name="MarketCap">In crore.</param>
/// <param name="Change5">Change of the last 5 minutes, per cent.</param>
/// <param name="Change10">Of the last 10 minutes.</param>
/// <param name="Change30">Of the last 30 minutes.</param>
/// <param name="VolumeRatio">The latest 5 minutes' volume ÷ the mean of those before.</param>
public sealed record SectorMember(string Symbol, string Sector, decimal? MarketCap, decimal? Change5, decimal? Change10, decimal? Change30, decimal? VolumeRatio);
