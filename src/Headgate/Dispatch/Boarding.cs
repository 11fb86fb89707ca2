using Headgate.Caching;
using Headgate.Flights;

namespace Headgate.Dispatch;

/// <summary>An item's place: the flight that brings it, the refusal, or the entry that landed in the meantime.</summary>
internal readonly record struct Boarding(Flight? Flight, Refusal? Refusal, Entry? Held, bool IsJoined);
