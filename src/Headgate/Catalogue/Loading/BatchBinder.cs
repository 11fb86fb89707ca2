using System.Collections.Frozen;

namespace Headgate.Catalogue;

/// <summary>Builds the merging of an endpoint.</summary>
internal static class BatchBinder
{
    private const int UrlMaxDefault = 8 << 10;

    public static BatchModel? Bind(Fields fields, RouteTemplate route, ErrorList errors)
    {
        if (fields.Text("parameter") is not { } parameter
            || fields.Text("items") is not { } items
            || !ItemsPath.TryParse(items, out var container, out var keyField))
        {
            return null;
        }

        var style = fields.Text("style") switch
        {
            "comma" => BatchStyle.Comma,
            "jsonArray" => BatchStyle.JsonArray,
            "pathSegment" => BatchStyle.PathSegment,
            _ => BatchStyle.Repeated,
        };
        if (style == BatchStyle.PathSegment && !route.Segments.Contains($"{{{parameter}}}", StringComparer.Ordinal))
        {
            errors.Unexpected(fields.At("parameter"), fields.PathOf("parameter"), $"a capture of {route.Text}");
        }

        var urlMax = fields.Size("urlMax") ?? UrlMaxDefault;
        if (urlMax is < 256 or > 64 << 10)
        {
            errors.Unexpected(fields.At("urlMax"), fields.PathOf("urlMax"), "256..64KB");
        }

        if (fields.Text("single") is not null && (container.Count > 0 || style == BatchStyle.PathSegment))
        {
            // A bare item must be put back among others, and what stands around a container inside an answer is not known then.
            errors.Add(fields.At("single"), $"{fields.PathOf("single")} needs items at the root ($ or $[].field) and a style of the query");
        }

        if (fields.Text("single") is not null && !string.Equals(fields.Text("missing"), "malformed", StringComparison.Ordinal))
        {
            errors.Add(fields.At("single"), $"{fields.PathOf("single")} needs missing: malformed, because nothing can stand for one item alone that is left out");
        }

        if (fields.Text("delayed") is not null && keyField is null)
        {
            errors.Add(fields.At("delayed"), $"{fields.PathOf("delayed")} needs items that name themselves ($.quotes[].symbol)");
        }

        return new BatchModel
        {
            Style = style,
            Parameter = parameter,
            Max = (int)(fields.Integer("max") ?? 1),
            UrlMax = (int)Math.Clamp(urlMax, 256, 64 << 10),
            RequestMax = (int)(fields.Integer("requestMax") ?? 5_000),
            Shape = keyField is null ? ItemsShape.Map : ItemsShape.Array,
            ItemsPath = container,
            KeyField = keyField,
            Missing = string.Equals(fields.Text("missing"), "malformed", StringComparison.Ordinal) ? MissingItem.Malformed : MissingItem.Omit,
            MissingTtl = fields.Duration("missingTtl") ?? TimeSpan.FromSeconds(1),
            AllOrNothing = fields.Flag("allOrNothing"),
            SingleParameter = fields.Text("single"),
            Headers = [.. fields.Entries("headers").Select(entry => new HeaderField(entry.Key, entry.Value.Text))],
            ItemErrors = fields.Flag("itemErrors"),
            Required = fields.Texts("required") ?? [],
            Delayed = fields.MemberPath("delayed") ?? [],
            UpperCase = fields.Flag("upperCase"),
            Aliases = fields.Entries("aliases").SelectMany(entry => entry.Value.Kind == NodeKind.List ? entry.Value.Items.Select(item => item.Text).Select(name => KeyValuePair.Create(name, entry.Key)) : [KeyValuePair.Create(entry.Value.Text, entry.Key)])
                .DistinctBy(pair => pair.Key, StringComparer.Ordinal).ToFrozenDictionary(StringComparer.Ordinal),
            Renames = fields.Flag("renames"),
            AsOf = fields.Table("asOf", CatalogueKeys.AsOf) is { } asOf && asOf.MemberPath("path") is { } path
                ? new AsOfModel(path, asOf.Text("format") ?? "iso", asOf.Text("zone") ?? "Etc/UTC")
                : null,
        };
    }
}
