using Headgate.Catalogue;
using Headgate.Upstream;

namespace Headgate.Caching;

/// <summary>Items of an answer that say of themselves that they are delayed (Questrade beyond its allowance of snap quotes). Pure.</summary>
public static class DelayedItems
{
    // A header is no list of a whole market.
    private const int NamesMax = 100;

    /// <summary>Their names as the upstream writes them, at most 100; empty where the definition names no such member.</summary>
    public static IReadOnlyList<string> In(in FetchResult result, BatchModel? batch)
    {
        if (batch is not { Delayed.Count: > 0, KeyField: { } key })
        {
            return [];
        }

        List<string> names = [];
        for (var i = 0; i < result.Count && names.Count < NamesMax; i++)
        {
            var item = result.Single ?? result.Items![i];
            if (!item.IsNegative && IsSet(item.Body, batch.Delayed) && JsonMember.Text(item.Body.Span, key) is { } name)
            {
                names.Add(name);
            }
        }

        return names;
    }

    // Documented as a boolean, seen as a number.
    private static bool IsSet(ReadOnlyMemory<byte> item, IReadOnlyList<string> path)
    {
        ReadOnlyMemory<byte>? value = item;
        foreach (var name in path)
        {
            value = value is { } inner ? JsonMember.Value(inner, name) : null;
        }

        return value is { } told && !(told.Span.SequenceEqual("0"u8) || told.Span.SequenceEqual("false"u8) || told.Span.SequenceEqual("null"u8));
    }
}
