using Headgate.Caching;

namespace Headgate.Upstream;

/// <summary>A batched answer taken apart by byte ranges.</summary>
/// <param name="Items">The last member or element of each name.</param>
/// <param name="Prefix">Up to the first item.</param>
/// <param name="Separator">Between items.</param>
/// <param name="Suffix">After the last item.</param>
internal sealed record SplitAnswer(
    IReadOnlyDictionary<string, SplitItem> Items, ReadOnlyMemory<byte> Prefix, ReadOnlyMemory<byte> Separator, ReadOnlyMemory<byte> Suffix)
{
    /// <summary>Own copies, so that an item does not keep a whole answer alive.</summary>
    public Envelope ToEnvelope(EngineTime sentAt) => new(Prefix.ToArray(), Separator.ToArray(), Suffix.ToArray(), sentAt);
}

/// <param name="Whole">The member with its name, or the element: what an answer is gathered from.</param>
/// <param name="Value">The value alone.</param>
internal readonly record struct SplitItem(ReadOnlyMemory<byte> Whole, ReadOnlyMemory<byte> Value);
