namespace Headgate.Upstreams;

/// <summary>What a twin recognised in a request before anything was decided about it.</summary>
/// <param name="Endpoint">The operation, in the catalogue's words (<c>quote</c>, <c>quote-ltp</c>, <c>historical</c>).</param>
/// <param name="LimitClass">The limit class the call is charged to (<c>quote</c> for all three quote endpoints).</param>
/// <param name="Key">Whose limit: the api key, or the address for limits per IP.</param>
public readonly record struct TwinRoute(string Endpoint, string LimitClass, string Key);
