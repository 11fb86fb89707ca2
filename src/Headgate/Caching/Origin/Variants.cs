using System.Text;
using Headgate.Catalogue;

namespace Headgate.Caching;

/// <summary>Responses that depend on request fields (RFC 9111 §4.1): a marker under the target's key names the fields, each variant has a key of its own.</summary>
/// <remarks>
/// The newest response's <c>Vary</c> names the fields for all. A marker made anew (after an invalidation, or with other fields) leads to new keys, so old
/// variants cannot come back. Field values enter keys as keyed hashes alone: they may be cookies.
/// </remarks>
internal sealed class Variants(EntryBook entries, ICredentialHasher hasher)
{
    private const int MarkerStatus = 0;
    private const string Generation = "Generation";

    public static bool IsMarker(Entry? entry) => entry is { Status: MarkerStatus };

    /// <summary>Where the response for such a request stands.</summary>
    public ItemKey KeyOf(in ItemKey target, IReadOnlyList<HeaderField> request) =>
        entries.Find(target) is { Status: MarkerStatus } marker
            ? Keyed(target, OriginFreshness.Find(marker.Headers, Generation)!, FieldLists.Split(marker.Headers, "Vary"), request)
            : target;

    /// <summary>Where a new response is to stand; makes or replaces the marker.</summary>
    public ItemKey KeyFor(in ItemKey target, IReadOnlyList<HeaderField> request, IReadOnlyList<HeaderField> response, EngineTime sentAt)
    {
        var fields = Fields(response);
        var held = entries.Find(target);
        if (fields.Length == 0)
        {
            if (IsMarker(held))
            {
                entries.Remove(target);
            }

            return target;
        }

        if (!IsMarker(held) || !fields.AsSpan().SequenceEqual(Fields(held!.Headers)))
        {
            var version = entries.NextVersion(sentAt);
            entries.Remove(target);
            held = new Entry
            {
                Key = target,
                Body = default,
                Status = MarkerStatus,
                ContentType = null,
                Headers = [new HeaderField("Vary", string.Join(',', fields)), new HeaderField(Generation, version.ToString("x", null))],
                SentAt = sentAt,
                FreshUntil = EngineTime.Never,
                StaleUntil = EngineTime.Never,
                Version = version,
            };
            entries.Put(held);
        }

        return Keyed(target, OriginFreshness.Find(held.Headers, Generation)!, fields, request);
    }

    /// <summary>Would both requests be given this response?</summary>
    public static bool IsSame(IReadOnlyList<HeaderField> response, IReadOnlyList<HeaderField> one, IReadOnlyList<HeaderField> other)
    {
        foreach (var field in Fields(response))
        {
            if (!string.Equals(Normalised(one, field), Normalised(other, field), StringComparison.Ordinal))
            {
                return false;
            }
        }

        return true;
    }

    private static string[] Fields(IReadOnlyList<HeaderField> response) =>
        [.. FieldLists.Split(response, "Vary").Select(name => name.ToLowerInvariant()).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];

    private ItemKey Keyed(in ItemKey target, string generation, IEnumerable<string> fields, IReadOnlyList<HeaderField> request)
    {
        var text = new StringBuilder();
        foreach (var field in fields)
        {
            text.Append(field).Append(':').Append(Normalised(request, field)).Append('\n');
        }

        // No raw target has a space.
        return target with { Id = $"{target.Id} vary {generation} {LimitKeyTexts.Hex(hasher.Hash(text.ToString()))}" };
    }

    /// <summary>
    /// Lines joined and space beside commas dropped; "-" for absent, which no joined value is (it would be "=-"). Of the negotiation fields the order and
    /// case of members mean nothing (RFC 9110 §12.5).
    /// </summary>
    private static string Normalised(IReadOnlyList<HeaderField> request, string field)
    {
        if (OriginFreshness.Find(request, field) is null)
        {
            return "-";
        }

        var members = FieldLists.Split(request, field);
        if (field is "accept-language" or "accept-encoding" or "accept" or "accept-charset")
        {
            members = members.Select(member => member.Replace(" ", "", StringComparison.Ordinal).ToLowerInvariant()).Order(StringComparer.Ordinal);
        }

        return "=" + string.Join(',', members);
    }
}
