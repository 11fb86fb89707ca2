namespace Headgate.Catalogue;

/// <summary>What must fit together within one endpoint.</summary>
internal static class EndpointCheck
{
    public static void Check(EndpointModel endpoint, Fields fields, ErrorList errors)
    {
        CheckMethods(endpoint, fields, errors);
        CheckTimes(endpoint, fields, errors);
        CheckCaptures(endpoint, fields, errors);
        CheckCost(endpoint, fields, errors);
        foreach (var larger in endpoint.Larger)
        {
            CheckShape(endpoint, larger.Endpoint, fields, errors);
        }
    }

    private static void CheckMethods(EndpointModel endpoint, Fields fields, ErrorList errors)
    {
        if (endpoint.Content is not null)
        {
            if (endpoint.Route.Methods is not ["POST"] || !endpoint.Cacheable || endpoint.Batch is not null || endpoint.Range is not null)
            {
                errors.Add(fields.At("content"), $"{fields.PathOf("content")} needs a match of POST alone, without batch, range or cache: never");
            }

            return;
        }

        if (endpoint.Cacheable && endpoint.Route.Methods is not ["GET"])
        {
            errors.Unexpected(fields.At("match"), fields.PathOf("match"), "GET, because only safe reads are kept, or cache: never beside it");
        }

        if (!endpoint.Cacheable && (endpoint.Batch is not null || endpoint.Range is not null))
        {
            errors.Add(fields.At("cache"), $"{fields.PathOf("cache")} is never; expected no batch or range beside it");
        }
    }

    private static void CheckTimes(EndpointModel endpoint, Fields fields, ErrorList errors)
    {
        if (endpoint.Deadline <= TimeSpan.Zero)
        {
            errors.Unexpected(fields.At("deadline"), fields.PathOf("deadline"), "more than 0");
        }

        if (endpoint.CallTimeout <= TimeSpan.Zero)
        {
            errors.Unexpected(fields.At("timeout"), fields.PathOf("timeout"), "more than 0");
        }
    }

    // A call that costs more than a window holds could never be sent.
    private static void CheckCost(EndpointModel endpoint, Fields fields, ErrorList errors)
    {
        foreach (var limit in endpoint.Limits)
        {
            var key = limit.CountsCredits ? "credits" : "cost";
            if (endpoint.Spends(limit, 1) > limit.Permits)
            {
                errors.Add(fields.At(key), $"{fields.PathOf(key)} is {endpoint.Spends(limit, 1)} for one item; expected at most the {limit.Permits} permits of {limit.Name}");
            }
        }
    }

    private static void CheckCaptures(EndpointModel endpoint, Fields fields, ErrorList errors)
    {
        foreach (var limit in endpoint.Limits)
        {
            if (limit.Scope == LimitScope.Capture && limit.Capture is { } capture && !endpoint.Route.Segments.Contains($"{{{capture}}}", StringComparer.Ordinal))
            {
                errors.Add(fields.At("limits"), $"{fields.PathOf("limits")} has {limit.Name}, which counts by capture {capture}; expected {{{capture}}} in match");
            }
        }
    }

    // Items of one shape are fetched by calls of the other, so the route must be writable without the asker's captures.
    private static void CheckShape(EndpointModel endpoint, EndpointModel larger, Fields fields, ErrorList errors)
    {
        if (endpoint.Batch is not { } small || larger.Batch is not { } large
            || small.Shape != large.Shape || !string.Equals(small.KeyField, large.KeyField, StringComparison.Ordinal) || small.UpperCase != large.UpperCase)
        {
            errors.Add(fields.Node, $"endpoints.{larger.Name}.answers has {endpoint.Name}; expected both to batch, with items written alike");
        }
        else if (endpoint.Route.Segments.Concat(larger.Route.Segments).Any(segment => segment[0] is '{' or '*'))
        {
            errors.Add(fields.Node, $"endpoints.{larger.Name}.answers has {endpoint.Name}; expected routes without captures");
        }
    }
}
