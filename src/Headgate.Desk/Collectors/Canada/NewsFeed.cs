namespace Headgate.Desk.Collectors.Canada;

/// <summary>A publisher's feed.</summary>
/// <param name="Stories">In the feed's order; fifty at most.</param>
public sealed record NewsFeed(IReadOnlyList<NewsStory> Stories);
