using System.Text;
using System.Text.Json;

namespace Headgate.Catalogue;

/// <summary>Writes the targets of batched calls. Pure and thread-safe.</summary>
/// <remarks>
/// The fixed part of the query, credential included, is kept raw and in order; items come after it, coded as the providers' own SDKs do
/// (<c>:</c> as <c>%3A</c>, a space as <c>+</c> in queries).
/// </remarks>
public static class CallBuilder
{
    /// <summary>Stands for the items in <see cref="CallVariant.Path"/> of path-segment endpoints; no raw path has a space.</summary>
    internal const string ItemPlace = " ";

    private const string Comma = ",";

    /// <summary>The target of a call that carries these items.</summary>
    /// <param name="template">Plan of a demand whose variant the call has; for another shape only its query is used.</param>
    /// <param name="endpoint">The endpoint to call: the plan's own, or a larger shape of it.</param>
    /// <param name="items">Decoded names, at least one. When they are exactly the plan's, the client's own target is used byte for byte.</param>
    /// <exception cref="InvalidOperationException">The endpoint does not batch.</exception>
    public static string Build(RequestPlan template, EndpointModel endpoint, IReadOnlyList<string> items)
    {
        var batch = BatchOf(endpoint);
        if (IsOwn(template, endpoint, items) && template.Target.Length <= batch.UrlMax)
        {
            return template.Target;
        }

        var path = PathOf(template, endpoint);
        var text = new StringBuilder(path.Length + template.Variant.FixedQuery.Length + (items.Count * 24));
        if (batch.Style == BatchStyle.PathSegment)
        {
            var place = path.IndexOf(ItemPlace, StringComparison.Ordinal);
            text.Append(path, 0, place);
            AppendItems(text, batch, items);
            text.Append(path, place + 1, path.Length - place - 1);
            return AppendQuery(text, template.Variant.FixedQuery).ToString();
        }

        text.Append(path);
        AppendQuery(text, template.Variant.FixedQuery).Append(template.Variant.FixedQuery.Length == 0 ? '?' : '&');
        AppendItems(text, batch, items);
        return text.ToString();
    }

    /// <summary>How many of the items, taken in order, one call can carry by count and by the length of its target; at least 1.</summary>
    /// <remarks>An item too long even alone counts as fitting: nothing smaller can be sent, and the upstream's refusal is its asker's own.</remarks>
    /// <param name="template">Plan of a demand whose variant the call has.</param>
    /// <param name="endpoint">The endpoint to call.</param>
    /// <param name="items">Decoded names, at least one.</param>
    public static int Fits(RequestPlan template, EndpointModel endpoint, IReadOnlyList<string> items)
    {
        var batch = BatchOf(endpoint);
        var length = BareLength(batch, PathOf(template, endpoint), template.Variant.FixedQuery);
        var count = 0;
        while (count < items.Count && count < batch.Max)
        {
            length += ItemLength(batch, items[count], isFirst: count == 0);
            if (length > batch.UrlMax && count > 0)
            {
                break;
            }

            count++;
        }

        return Math.Max(1, count);
    }

    /// <summary>Will the call for these items name its one item by <see cref="BatchModel.SingleParameter"/>, so that the answer is the bare item?</summary>
    public static bool IsBare(EndpointModel endpoint, int items) => items == 1 && BatchOf(endpoint).SingleParameter is not null;

    private static BatchModel BatchOf(EndpointModel endpoint) =>
        endpoint.Batch ?? throw new InvalidOperationException($"{endpoint.Id} does not batch.");

    private static bool IsOwn(RequestPlan template, EndpointModel endpoint, IReadOnlyList<string> items)
    {
        // A list of one is asked as one alone where that is cheaper (Binance: 2 instead of 4); its answer is wrapped again.
        if (!IsOwn(template, endpoint) || items.Count != template.Items.Count || template.IsBare != IsBare(endpoint, items.Count))
        {
            return false;
        }

        for (var i = 0; i < items.Count; i++)
        {
            if (!string.Equals(items[i], template.Items[i].Text, StringComparison.Ordinal))
            {
                return false;
            }
        }

        return true;
    }

    private static bool IsOwn(RequestPlan template, EndpointModel endpoint) => string.Equals(template.Endpoint.Id, endpoint.Id, StringComparison.Ordinal);

    // Shapes that answer one another have routes without captures; the loader sees to it.
    private static string PathOf(RequestPlan template, EndpointModel endpoint) => IsOwn(template, endpoint)
        ? template.Variant.Path
        : $"{BaseUrls.Prefix(template.Provider.BaseUrl)}/{string.Join('/', endpoint.Route.Segments)}";

    private static StringBuilder AppendQuery(StringBuilder text, string query) => query.Length == 0 ? text : text.Append('?').Append(query);

    private static void AppendItems(StringBuilder text, BatchModel batch, IReadOnlyList<string> items)
    {
        if (items.Count == 1 && batch.SingleParameter is { } single && batch.Style != BatchStyle.PathSegment)
        {
            Percent.Encode(text, single, spaceAsPlus: true);
            text.Append('=');
            Percent.Encode(text, items[0], spaceAsPlus: true);
            return;
        }

        switch (batch.Style)
        {
            case BatchStyle.Repeated:
                for (var i = 0; i < items.Count; i++)
                {
                    text.Append(i == 0 ? "" : "&");
                    AppendName(text, batch);
                    Percent.Encode(text, items[i], spaceAsPlus: true);
                }

                break;
            case BatchStyle.Comma:
                AppendName(text, batch);
                AppendJoined(text, items, spaceAsPlus: true);
                break;
            case BatchStyle.PathSegment:
                AppendJoined(text, items, spaceAsPlus: false);
                break;
            default:
                AppendName(text, batch);
                AppendJsonArray(text, items);
                break;
        }
    }

    private static void AppendName(StringBuilder text, BatchModel batch)
    {
        Percent.Encode(text, batch.Parameter, spaceAsPlus: true);
        text.Append('=');
    }

    private static void AppendJoined(StringBuilder text, IReadOnlyList<string> items, bool spaceAsPlus)
    {
        for (var i = 0; i < items.Count; i++)
        {
            text.Append(i == 0 ? "" : Comma);
            Percent.Encode(text, items[i], spaceAsPlus);
        }
    }

    private static void AppendJsonArray(StringBuilder text, IReadOnlyList<string> items)
    {
        text.Append("%5B");
        for (var i = 0; i < items.Count; i++)
        {
            text.Append(i == 0 ? "" : Comma).Append("%22");
            Percent.Encode(text, JsonText(items[i]), spaceAsPlus: true);
            text.Append("%22");
        }

        text.Append("%5D");
    }

    private static string JsonText(string item) => JsonEncodedText.Encode(item, System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping).ToString();

    // The target without its items.
    private static int BareLength(BatchModel batch, string path, string query)
    {
        var separators = query.Length == 0 ? 0 : 1;
        return batch.Style == BatchStyle.PathSegment
            ? path.Length - ItemPlace.Length + separators + query.Length
            : path.Length + 1 + separators + query.Length + FrameLength(batch);
    }

    private static int FrameLength(BatchModel batch) => batch.Style switch
    {
        BatchStyle.Comma => NameLength(batch.Parameter),
        BatchStyle.JsonArray => NameLength(batch.Parameter) + "%5B%5D".Length,
        _ => 0,
    };

    private static int ItemLength(BatchModel batch, string item, bool isFirst) => batch.Style switch
    {
        BatchStyle.Repeated => NameLength(batch.Parameter) + Percent.EncodedLength(item, spaceAsPlus: true) + (isFirst ? 0 : 1),
        BatchStyle.Comma => Percent.EncodedLength(item, spaceAsPlus: true) + (isFirst ? 0 : 1),
        BatchStyle.JsonArray => Percent.EncodedLength(JsonText(item), spaceAsPlus: true) + "%22%22".Length + (isFirst ? 0 : 1),
        _ => Percent.EncodedLength(item, spaceAsPlus: false) + (isFirst ? 0 : 1),
    };

    private static int NameLength(string parameter) => Percent.EncodedLength(parameter, spaceAsPlus: true) + 1;
}
