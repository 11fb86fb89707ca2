namespace Headgate.Catalogue;

/// <summary>Orders endpoints so that the first that matches is the most specific.</summary>
/// <remarks>
/// Segment by segment a literal goes before a capture and a capture before the rest; then more query conditions, conditions on values
/// before conditions on presence, and named methods before any.
/// </remarks>
internal sealed class RouteOrder : IComparer<EndpointModel>
{
    public static RouteOrder MostSpecificFirst { get; } = new();

    public int Compare(EndpointModel? x, EndpointModel? y)
    {
        if (x is null || y is null)
        {
            return (x is null).CompareTo(y is null);
        }

        var (left, right) = (x.Route, y.Route);
        for (var i = 0; i < Math.Max(left.Segments.Count, right.Segments.Count); i++)
        {
            var order = Rank(left.Segments, i).CompareTo(Rank(right.Segments, i));
            if (order != 0)
            {
                return order;
            }
        }

        var conditions = right.Query.Count.CompareTo(left.Query.Count);
        if (conditions != 0)
        {
            return conditions;
        }

        var values = Values(right).CompareTo(Values(left));
        return values != 0 ? values : (left.Methods.Count == 0).CompareTo(right.Methods.Count == 0);
    }

    // A path that ends here goes before one with a rest: both match the same request, and the rest is the wider one.
    private static int Rank(IReadOnlyList<string> segments, int index) => index >= segments.Count ? 2
        : segments[index][0] == '{' ? 1
        : segments[index] is "**" ? 3
        : 0;

    private static int Values(RouteTemplate route) => route.Query.Count(condition => condition.Value.Count > 0);
}
