namespace Headgate.Desk.Collectors.Canada;

/// <summary>A story of a feed, as the feed tells it.</summary>
/// <param name="Title">Its title.</param>
/// <param name="Link">Where it stands; null where the feed names none, or none of the web.</param>
/// <param name="Published">When it was published; null where the feed does not say, or not readably.</param>
public sealed record NewsStory(string Title, string? Link, DateTimeOffset? Published);
