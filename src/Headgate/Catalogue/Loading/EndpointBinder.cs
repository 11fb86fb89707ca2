namespace Headgate.Catalogue;

/// <summary>Builds the endpoints of one provider, larger shapes before the smaller ones they answer.</summary>
internal sealed class EndpointBinder
{
    private readonly EndpointDefaults _defaults;
    private readonly LimitBook _limits;
    private readonly ErrorList _errors;
    private readonly Dictionary<string, Fields> _definitions = new(StringComparer.Ordinal);
    private readonly Dictionary<string, EndpointModel?> _built = new(StringComparer.Ordinal);

    public EndpointBinder(EndpointDefaults defaults, LimitBook limits, ErrorList errors)
    {
        _defaults = defaults;
        _limits = limits;
        _errors = errors;
    }

    public IReadOnlyList<EndpointModel> Bind(IEnumerable<CatalogueNode> nodes)
    {
        foreach (var node in AnswerShapes.Complete([.. nodes.Where(node => node.Kind == NodeKind.Map)]))
        {
            Define(node);
        }

        foreach (var name in _definitions.Keys)
        {
            Build(name, []);
        }

        // By name where routes are equally specific, so that the order of files decides nothing.
        return [.. _built.Values.OfType<EndpointModel>()
            .Order(RouteOrder.MostSpecificFirst)
            .ThenBy(endpoint => endpoint.Name, StringComparer.Ordinal)];
    }

    private void Define(CatalogueNode node)
    {
        if (node["name"] is not { Text.Length: > 0 } name)
        {
            return;
        }

        var fields = new Fields(node, CatalogueKeys.Endpoint, $"endpoints.{name.Text}");
        if (name.Text is "passthrough" or "origin")
        {
            _errors.Add(name, $"{fields.PathOf("name")} is {name.Text}; expected another name, this one is the gate's own");
        }
        else if (!_definitions.TryAdd(name.Text, fields))
        {
            _errors.Add(name, $"{fields.PathOf("name")} is used twice");
        }
        else if (_definitions.FirstOrDefault(other => !string.Equals(other.Key, name.Text, StringComparison.Ordinal)
            && fields.Text("match") is { } match
            && string.Equals(other.Value.Text("match"), match, StringComparison.Ordinal)) is { Key: { } twin })
        {
            _errors.Add(fields.At("match"), $"{fields.PathOf("match")} is the same as endpoints.{twin}.match");
        }
    }

    private EndpointModel? Build(string name, IReadOnlyList<string> path)
    {
        if (_built.TryGetValue(name, out var done))
        {
            return done;
        }

        var fields = _definitions[name];
        if (path.Contains(name, StringComparer.Ordinal))
        {
            _errors.Add(fields.At("answers"), $"{fields.PathOf("answers")} answers itself by way of {string.Join(", ", path)}");
            return null;
        }

        var larger = Larger(name, [.. path, name]);
        return _built[name] = fields.Text("match") is { } match && RouteParser.Parse(match) is { } route ? Build(fields, name, route, larger) : null;
    }

    private EndpointModel Build(Fields fields, string name, RouteTemplate route, IReadOnlyList<LargerShape> larger)
    {
        var limits = _limits.Find(fields, "limits") ?? _defaults.Limits;
        var deadline = fields.Duration("deadline") ?? _defaults.Deadline;
        var batch = fields.Table("batch", CatalogueKeys.Batch) is { } batched ? BatchBinder.Bind(batched, route, _errors) : null;
        var range = fields.Table("range", CatalogueKeys.Range) is { } ranged ? RangeBinder.Bind(ranged, _errors) : null;
        var endpoint = new EndpointModel
        {
            Id = $"{_defaults.Provider}.{name}",
            Name = name,
            Route = route,
            Scope = ScopeWords.Scope(fields.Text("scope")) ?? _defaults.Scope,
            Cacheable = fields.Text("cache") is null,
            Class = fields.Text("class") ?? (limits.Count > 0 ? limits[0].Name : name),
            Limits = limits,
            Cost = CostBinder.Bind(fields, "cost"),
            Credits = CostBinder.Bind(fields, "credits"),
            Price = fields.Number("price"),
            Deadline = deadline,
            CallTimeout = fields.Duration("timeout") ?? _defaults.Timeout ?? deadline,
            Freshness = FreshnessBinder.Bind(fields, range is not null, _errors) ?? _defaults.Freshness,
            Batch = batch,
            Range = range,
            Content = fields.Table("content", CatalogueKeys.Content) is { } content
                ? new ContentModel([.. (content.Texts("types") ?? []).Select(type => type.ToLowerInvariant())], content.Size("max") ?? 0)
                : null,
            Larger = larger,
            ContentTypes = fields.Texts("contentTypes") ?? _defaults.ContentTypes,
            Required = [.. (fields.Texts("required") ?? []).Select(text => MemberPath.TryParse(text, out var member) ? member : [])],
            ResponseBytesMax = fields.Size("responseMax") ?? EndpointDefaults.ResponseBytesMax,
            Stream = fields.Flag("stream"),
            Markets = MarketBinder.Bind(fields, route, batch is not null, _errors),
            Purpose = fields.Text("purpose") ?? "",
        };
        EndpointCheck.Check(endpoint, fields, _errors);
        return endpoint;
    }

    private List<LargerShape> Larger(string name, IReadOnlyList<string> path)
    {
        var shapes = new List<LargerShape>();
        foreach (var (otherName, other) in _definitions)
        {
            if (other.Entries("answers").FirstOrDefault(answer => string.Equals(answer.Key, name, StringComparison.Ordinal)) is { Value: { } members }
                && Build(otherName, path) is { } endpoint)
            {
                shapes.Add(new LargerShape(endpoint, [.. members.Items.Select(member => member.Text)]));
            }
        }

        // A shape that is itself answered by others is the smaller one: it is fetched for less.
        return [.. shapes.OrderByDescending(shape => shape.Endpoint.Larger.Count).ThenBy(shape => shape.Endpoint.Name, StringComparer.Ordinal)];
    }
}
