using System.Collections.Frozen;

namespace Headgate.Catalogue;

/// <summary>Finds the endpoint of a request: method, decoded path and query conditions, most specific first. Thread-safe.</summary>
/// <remarks>Allocates only for captures and for percent-encoded segments.</remarks>
internal sealed class RouteMatcher
{
    private readonly ProviderModel _provider;
    private readonly FrozenDictionary<string, Route[]> _byFirst;
    private readonly FrozenDictionary<string, Route[]>.AlternateLookup<ReadOnlySpan<char>> _byFirstSpan;
    private readonly Route[] _others;

    public RouteMatcher(ProviderModel provider)
    {
        _provider = provider;
        var routes = provider.Endpoints.Select(endpoint => new Route(endpoint)).ToList();
        _byFirst = routes.Where(route => route.First is not null)
            .GroupBy(route => route.First!, StringComparer.Ordinal)
            .ToFrozenDictionary(group => group.Key, group => group.ToArray(), StringComparer.Ordinal);
        _byFirstSpan = _byFirst.GetAlternateLookup<ReadOnlySpan<char>>();
        // Routes that begin with a capture or a rest, or are the root: less specific than any literal.
        _others = [.. routes.Where(route => route.First is null)];
    }

    /// <summary>The match for a raw target; the provider's passthrough when no endpoint takes it. Never throws.</summary>
    public RouteMatch Match(string method, string target)
    {
        var question = target.IndexOf('?', StringComparison.Ordinal);
        var path = question < 0 ? target : target.AsSpan(0, question);
        var query = question < 0 ? default : target.AsSpan(question + 1);
        var segments = new Segments(path, stackalloc Range[Segments.Max]);
        if (path is not ['/', ..])
        {
            return new RouteMatch(_provider.Passthrough, _provider.Passthrough, []);
        }

        if (segments.Count > 0 && TryFirst(segments.Text(0), out var candidates))
        {
            foreach (var route in candidates)
            {
                if (route.Takes(method, segments, query))
                {
                    return route.ToMatch(segments, path.Length);
                }
            }
        }

        foreach (var route in _others)
        {
            if (route.Takes(method, segments, query))
            {
                return route.ToMatch(segments, path.Length);
            }
        }

        return new RouteMatch(_provider.Passthrough, _provider.Passthrough, []);
    }

    private bool TryFirst(ReadOnlySpan<char> raw, out Route[] routes)
    {
        if (!raw.Contains('%'))
        {
            return _byFirstSpan.TryGetValue(raw, out routes!);
        }

        routes = [];
        return Percent.TryDecode(raw, plusIsSpace: false, out var text) && _byFirst.TryGetValue(text, out routes!);
    }

    private sealed class Route
    {
        private readonly EndpointModel _endpoint;
        private readonly EndpointModel _whole;
        private readonly string[] _segments;
        private readonly bool _hasRest;
        private readonly int _captures;

        public Route(EndpointModel endpoint)
        {
            _endpoint = endpoint;
            _whole = endpoint.Batch is null ? endpoint : endpoint.AsWhole();
            _hasRest = endpoint.Route.Segments is [.., "**"];
            _segments = [.. endpoint.Route.Segments.Take(endpoint.Route.Segments.Count - (_hasRest ? 1 : 0))];
            _captures = _segments.Count(RouteParser.IsCapture);
            First = _segments.Length > 0 && !RouteParser.IsCapture(_segments[0]) ? _segments[0] : null;
        }

        public string? First { get; }

        public bool Takes(string method, in Segments segments, ReadOnlySpan<char> query)
        {
            if (!TakesMethod(method) || (_hasRest ? segments.Count < _segments.Length : segments.Count != _segments.Length))
            {
                return false;
            }

            for (var i = 0; i < _segments.Length; i++)
            {
                var fits = _segments[i][0] == '{' ? !segments.Text(i).IsEmpty : segments.Is(i, _segments[i]);
                if (!fits)
                {
                    return false;
                }
            }

            return TakesQuery(query);
        }

        public RouteMatch ToMatch(in Segments segments, int pathLength)
        {
            if (_captures == 0)
            {
                return new RouteMatch(_endpoint, _whole, []);
            }

            var captures = new RouteCapture[_captures];
            var next = 0;
            for (var i = 0; i < _segments.Length; i++)
            {
                if (_segments[i][0] == '{')
                {
                    var (start, length) = segments[i].GetOffsetAndLength(pathLength);
                    captures[next++] = new RouteCapture(RouteParser.CaptureName(_segments[i]), start, length);
                }
            }

            return new RouteMatch(_endpoint, _whole, captures);
        }

        private bool TakesMethod(string method)
        {
            var methods = _endpoint.Route.Methods;
            // A HEAD is a GET without the body (RFC 9110 §9.3.2).
            var wanted = string.Equals(method, "HEAD", StringComparison.Ordinal) ? "GET" : method;
            for (var i = 0; i < methods.Count; i++)
            {
                if (string.Equals(methods[i], wanted, StringComparison.Ordinal))
                {
                    return true;
                }
            }

            return methods.Count == 0;
        }

        private bool TakesQuery(ReadOnlySpan<char> query)
        {
            foreach (var condition in _endpoint.Route.Query)
            {
                if (!Holds(condition.Key, condition.Value, query))
                {
                    return false;
                }
            }

            return true;
        }

        private static bool Holds(string name, IReadOnlyList<string> values, ReadOnlySpan<char> query)
        {
            if (name[0] == '!')
            {
                return !Holds(name[1..], [], query);
            }

            foreach (var parameter in new QueryParameters(query))
            {
                if (parameter.Is(name))
                {
                    if (values.Count == 0)
                    {
                        return true;
                    }

                    foreach (var value in values)
                    {
                        if (parameter.TryValue(out var text) && string.Equals(text, value, StringComparison.OrdinalIgnoreCase))
                        {
                            return true;
                        }
                    }
                }
            }

            return false;
        }
    }
}
