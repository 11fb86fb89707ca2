using Headgate.Desk.Doors;

namespace Headgate.Desk.Collectors.Readings;

/// <summary>Something that is read again and again from one address.</summary>
/// <param name="Wish">How often, and from where.</param>
/// <param name="Item">What it is of.</param>
/// <param name="Ask">The ask, without a bound of its own.</param>
/// <param name="Parse">Takes the value from a body; null, or one of the exceptions parsers throw, when it is not there.</param>
internal sealed record Read<T>(ReadWish Wish, string Item, DeskAsk Ask, Func<ReadOnlyMemory<byte>, T?> Parse)
    where T : class;
