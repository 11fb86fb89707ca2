using System.Text;

namespace Headgate.Catalogue;

/// <summary>Ids of items in keys: the item's name, and what else of the request its answer depends on.</summary>
/// <remarks>
/// <c>NSE:INFY</c> alone in most cases, else <c>NSE:INFY?</c> followed by the raw path (where the route captures something) and the raw
/// parameters. A <c>?</c> or <c>%</c> inside a name is percent-coded, so that no two different asks can have one id.
/// </remarks>
internal static class ItemIds
{
    /// <summary>What follows the name for every item of a request; empty in most cases.</summary>
    public static string Suffix(ProviderModel provider, BatchModel batch, string target, in RouteMatch match, string? variantPath, ICredentialHasher hasher)
    {
        var text = new StringBuilder();
        if (variantPath is not null)
        {
            text.Append('?').Append(variantPath);
        }

        var skip = batch.Style == BatchStyle.PathSegment ? null : batch.Parameter;
        SafeTargets.AppendKeyParameters(text, provider, Targets.Query(target), skip, skip is null ? null : batch.SingleParameter, hasher, static text => text.Append(text.Length == 0 ? '?' : '&'));
        return text.ToString();
    }

    public static string Of(string item, string suffix)
    {
        var name = item.AsSpan().IndexOfAny('?', '%') < 0
            ? item
            : item.Replace("%", "%25", StringComparison.Ordinal).Replace("?", "%3F", StringComparison.Ordinal);
        return suffix.Length == 0 ? name : name + suffix;
    }
}
