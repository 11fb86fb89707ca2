using System.Globalization;
using System.Text.RegularExpressions;

namespace Headgate.Catalogue;

/// <summary>Every key a definition may have. Checker, binder and JSON schema work from these tables, so they cannot drift apart.</summary>
internal static class CatalogueKeys
{
    public static readonly string[] ReservedNames = ["api", "t", "metrics", "health", "openapi", "docs", "dashboard"];

    private static readonly ScalarShape Word = ScalarShape.Parsed("a name of letters, digits, - and _", IsName, "^[A-Za-z0-9][A-Za-z0-9_-]{0,63}$");
    private static readonly ScalarShape Any = ScalarShape.Text("text");
    private static readonly ScalarShape Ttl = ScalarShape.Parsed(
        "a duration such as 1s, or one of untilBarCloses, untilSessionCloses, untilNextOpen, immutable, origin",
        text => FreshnessWords.Kind(text) is not null || Quantities.TryDuration(text, out _),
        "^(untilBarCloses|untilSessionCloses|untilNextOpen|immutable|origin|0|[0-9.]+(ms|s|m|min|h|d))$");

    private static readonly ScalarShape Zone = ScalarShape.Parsed("an IANA time zone such as Asia/Kolkata", IsZone, ".+");
    private static readonly ScalarShape TimeFormat = ScalarShape.Parsed("unix, unixMs, iso or a date pattern such as yyyy-MM-dd HH:mm:ss", IsTimeFormat, ".+");
    private static readonly ScalarShape Scope = ScalarShape.OneOf("public", "entitled", "account");

    public static readonly TableShape Identity = new("a map with from",
        new("from", Place("header", "query", "path"), "Where the credential sits: header NAME, query NAME or path CAPTURE.", true),
        new("pattern", ScalarShape.Parsed("a regular expression without look-around and back references, with a group limitKey, account or credential", IsPattern, ".+"), "Whole-value pattern; named groups limitKey, account, credential."),
        new("jwtClaim", Any, "The credential is a JWT and this claim names the caller."));

    public static readonly TableShape Inject = new("a map with to and value",
        new("to", Place("header", "query"), "header NAME or query NAME.", true),
        new("value", Any, "What is added; {secret} stands for the secret.", true),
        new("secret", ScalarShape.Parsed("an environment variable's name", IsVariable, "^[A-Z][A-Z0-9_]*$"), "Name of the secret in the environment or the secrets file."),
        new("purpose", Word, "Only for endpoints of this purpose."));

    public static readonly TableShape Auth = new("a map with kind, login and hosts",
        new("kind", ScalarShape.OneOf("oauthRefresh", "crumb"), "oauthRefresh: refresh tokens redeemed once; crumb: a cookie and the text that belongs to it.", true),
        new("login", ScalarShape.Parsed("an http or https address with a path, without query or user", IsLogin, "^https?://[^/]+/.*$"), "Where tokens are redeemed, or cookies come from.", true),
        new("hosts", new ListShape(ScalarShape.Parsed("a host such as api.example.com or *.example.com", IsHost, "^([*][.])?[A-Za-z0-9.-]+(:[0-9]+)?$"), orSingle: true), "Hosts that sign-in may lead to; no other is called.", true),
        new("secret", ScalarShape.Parsed("an environment variable's name", IsVariable, "^[A-Z][A-Z0-9_]*$"), "Name of the first refresh token in the environment or the secrets file."),
        new("margin", ScalarShape.Duration, "An access token is used until so long before its expiry; default 5m."),
        new("refresh", ScalarShape.Duration, "An idle refresh token is redeemed so long after the last; default 12h."),
        new("crumb", ScalarShape.Parsed("a path", text => text.StartsWith('/'), "^/.*$"), "Where the crumb is asked for."),
        new("parameter", Any, "Query parameter that carries the crumb."),
        new("headers", new MapShape(Any, "a header's name", key => key.Length > 0), "Headers of calls that need the sign-in, in place of the caller's."),
        new("endpoints", new ListShape(Word, orSingle: true), "Endpoints that need it; default all."),
        new("limits", new ListShape(Word, orSingle: true), "Limits a sign-in spends; default the provider's default limit."),
        new("timeout", ScalarShape.Duration, "Bounds one call of a sign-in; default 20s."));

    public static readonly TableShape Usage = new("a map with header and counts",
        new("header", Any, "Response header.", true),
        new("counts", ScalarShape.OneOf("used", "remaining"), "What the header tells.", true));

    public static readonly TableShape Limit = new("a map with permits and per",
        new("permits", ScalarShape.Parsed("a whole number of at least 1, or a rate such as 0.33/s", IsPermits, "^[0-9.]+(/(s|min|m|h|d))?$"), "Calls, weight or credits per window; or a rate with its window.", true),
        new("per", ScalarShape.Parsed(LimitWindow.Expected, text => LimitWindow.TryParse(text, out _), ".+"), "Window: a duration slides, a calendar window rolls in its zone."),
        new("scope", ScalarShape.Parsed("provider, limitKey, endpoint, account, capture NAME or field NAME", IsLimitScope, "^(provider|limitKey|endpoint|account|(capture|field) .+)$"), "Whose calls count together; default provider. A field is looked for in the query, then in the body; calls without it are not counted."),
        new("matching", ScalarShape.Parsed("a regular expression without look-around and back references", text => IdentityPattern.TryCompile(text, out _), ".+"), "Only calls whose field has such a value count."),
        new("lowered", ScalarShape.Parsed("an environment variable's name", IsVariable, "^[A-Z][A-Z0-9_]*$"), "Environment variable that may lower the permits, never raise them."),
        new("reserve", ScalarShape.Parsed("a percentage such as 10%", IsPercent, "^[0-9]{1,3}%$"), "Share kept for urgent demands."),
        new("paced", ScalarShape.Flag, "Spread a calendar budget over the session."),
        new("counts", ScalarShape.OneOf("calls", "credits"), "What is counted: a call's cost, or its credits; default calls."),
        new("usage", Usage, "Response header that reports usage."),
        new("lockOut", ScalarShape.Duration, "Closure after a limit answer without Retry-After."));

    private static readonly ScalarShape Amount = ScalarShape.Parsed("an amount of money such as 0.0005 or 49", text => Quantities.TryNumber(text, out _), "^[0-9]+([.][0-9]+)?$");

    public static readonly TableShape Price = new("a map with currency",
        new("perCall", Amount, "What one call costs; default 0."),
        new("perCredit", Amount, "What one credit costs, besides the call; default 0."),
        new("monthly", Amount, "Fee for 30 days; default 0."),
        new("currency", ScalarShape.Parsed("an ISO 4217 code such as USD", text => text.Length == 3 && text.All(char.IsAsciiLetterUpper), "^[A-Z]{3}$"), "Currency of all.", true));

    public static readonly TableShape Backoff = new("a map with base and max",
        new("base", ScalarShape.Parsed("a number of 1 to 10", text => Quantities.TryNumber(text, out var number) && number is >= 1 and <= 10, "^[0-9.]+$"), "min(max, base^n seconds) after the n-th limit answer in a row; default 2."),
        new("max", ScalarShape.Duration, "Default 60s."));

    public static readonly TableShape FreshnessTable = new("a map with ttl",
        new("ttl", Ttl, "How long an answer serves demands that state nothing.", true),
        new("fallback", ScalarShape.Duration, "Ttl where a bar or session cannot be told; default 1s."),
        new("bar", ScalarShape.Duration, "Bar length for untilBarCloses; default the interval asked."),
        new("past", ScalarShape.OneOf("immutable"), "Closed bars of a range are final."),
        new("stale", ScalarShape.Duration, "Oldest age of any stale answer; default 0, none."),
        new("closed", ScalarShape.OneOf("untilNextOpen", "immutable"), "Freshness while the market is closed."),
        new("revalidate", ScalarShape.Duration, "Serve this much past freshness at once and refresh behind it."),
        new("negative", ScalarShape.Duration, "How long a not-found is remembered."));

    public static readonly Shape Freshness = new EitherShape(Ttl, FreshnessTable);

    public static readonly TableShape AsOf = new("a map with path and format",
        new("path", ScalarShape.Path, "Where the time of the data stands inside an item.", true),
        new("format", TimeFormat, "How it is written; default iso."),
        new("zone", Zone, "Zone of patterns without an offset."));

    public static readonly TableShape Batch = new("a map with parameter, style, max and items",
        new("parameter", Any, "Query parameter, or path capture for pathSegment, that carries items.", true),
        new("style", ScalarShape.OneOf("repeated", "comma", "jsonArray", "pathSegment"), "How several items are written.", true),
        new("max", ScalarShape.Integer(1, 5_000), "Items per call.", true),
        new("urlMax", ScalarShape.Size, "Bytes of an encoded path and query; default 8KB."),
        new("requestMax", ScalarShape.Integer(1, 100_000), "Items one request may name; default 5000."),
        new("items", ScalarShape.Parsed("where the items stand: $.data for a map, $.quotes[].symbol for an array", text => ItemsPath.TryParse(text, out _, out _), ".+"), "Container of the items in an answer.", true),
        new("missing", ScalarShape.OneOf("omit", "malformed"), "What an absent item means; default omit."),
        new("missingTtl", ScalarShape.Duration, "How long an unknown item is remembered; default 1s."),
        new("allOrNothing", ScalarShape.Flag, "One bad item fails the whole call."),
        new("single", Any, "Parameter to use for one item alone; its answer is the bare item."),
        new("headers", new MapShape(Any, "a header's name", key => key.Length > 0), "Headers every answer of several items has; the bare item's has none of them."),
        new("itemErrors", ScalarShape.Flag, "An item may be an error instead of data: the error rules are tried on each."),
        new("required", new ListShape(Any), "Members every item must have."),
        new("delayed", ScalarShape.Path, "Member by which an item says that its data is delayed; told in Headgate-Item-Delayed."),
        new("upperCase", ScalarShape.Flag, "Item names are upper-cased."),
        new("aliases", new MapShape(new ListShape(Any, orSingle: true), "a name as answers have it", key => key.Length > 0), "Other names of an item, by the name answers have."),
        new("renames", ScalarShape.Flag, "An answer may name an item otherwise than it was asked; learnt when it is asked alone."),
        new("asOf", AsOf, "Time of the data inside an item."));

    public static readonly TableShape Range = new("a map with from, to and rows",
        new("from", Any, "Parameter of the first instant.", true),
        new("to", Any, "Parameter of the last instant.", true),
        new("format", TimeFormat, "Format of the bounds; default iso."),
        new("zone", Zone, "Zone of bounds and rows without an offset; default Etc/UTC."),
        new("rows", ScalarShape.Path, "The array of rows.", true),
        new("time", Any, "Index or name of a row's bar start; default 0."),
        new("timeFormat", TimeFormat, "Format of a row's time; default iso."),
        new("interval", Any, "Capture or parameter that names the interval; default interval."),
        new("maxSpan", new MapShape(ScalarShape.Duration, "an interval's name", key => key.Length > 0), "Longest span of one call per interval."),
        new("maxRows", ScalarShape.Integer(1, 1_000_000), "Most rows of one call, for the intervals under bars."),
        new("bars", new MapShape(ScalarShape.Duration, "an interval's name", key => key.Length > 0), "Bar length per interval name."),
        new("descending", ScalarShape.Flag, "Rows come newest first."));

    public static readonly TableShape Content = new("a map with types and max",
        new("types", new ListShape(ScalarShape.Parsed("a media type such as image/png", text => text.Split('/') is [{ Length: > 0 }, { Length: > 0 }], "^[a-z]+/[a-z0-9.+-]+$"), orSingle: true), "Media types its body may have; others are refused with 415.", true),
        new("max", ScalarShape.Size, "Largest body; larger ones are refused with 413.", true));

    public static readonly TableShape Cost = new("a map with permits, perItem or steps",
        new("permits", ScalarShape.Integer(0, 1_000_000), "Permits of a call; default 1."),
        new("perItem", ScalarShape.Integer(0, 1_000_000), "Permits added per item; default 0."),
        new("steps", new MapShape(ScalarShape.Integer(1, 1_000_000), "a number of items", IsCount), "Up to so many items: so many permits."));

    public static readonly TableShape Endpoint = new("a map with name and match",
        new("name", Word, "Name inside the provider.", true),
        new("match", ScalarShape.Parsed(RouteParser.Expected, text => RouteParser.Parse(text) is not null, "^[A-Z|,]+ /.*$"), "Requests it takes.", true),
        new("scope", Scope, "With whom answers are shared."),
        new("cache", ScalarShape.OneOf("never"), "Passes through once, unmerged."),
        new("class", Word, "Class entitlements are kept by; default the first limit."),
        new("limits", new ListShape(Word), "Limits a call spends; default the provider's default limit."),
        new("cost", new EitherShape(ScalarShape.Integer(1, 1_000_000), Cost), "Permits a call spends of each limit; default 1."),
        new("credits", new EitherShape(ScalarShape.Integer(0, 1_000_000), Cost), "Credits a call spends of each limit that counts credits; default 1."),
        new("price", Amount, "What one call costs, instead of the provider's perCall."),
        new("deadline", ScalarShape.Duration, "Bounds waiting and call together."),
        new("timeout", ScalarShape.Duration, "Bounds one call; default the deadline."),
        new("freshness", Freshness, "How long answers serve."),
        new("batch", Batch, "Merging of items."),
        new("range", Range, "Candle ranges."),
        new("content", Content, "The POST is a read: what it answers follows from its body, media type and target alone. It is kept under the hash of that content and never sent twice for it."),
        new("answers", new MapShape(new ListShape(Any), "a name of letters, digits, - and _", IsName), "Smaller shapes answered from this one: endpoint and members."),
        new("contentTypes", new ListShape(Any, orSingle: true), "Media types an answer may have."),
        new("required", new ListShape(ScalarShape.Path, orSingle: true), "Members a whole JSON answer must have; one without them is malformed."),
        new("responseMax", ScalarShape.Size, "Largest body kept; default 8MB."),
        new("stream", ScalarShape.Flag, "Bodies stream without being checked first."),
        new("markets", new MapShape(Word, "the beginning of a name such as NSE:, or segment 0..255", MarketBinder.IsKey), "Market per instrument; default the provider's. What no key fits has none."),
        new("marketBy", Any, "Capture that names the instrument; default the item."),
        new("purpose", Word, "Credential purpose."));

    public static readonly TableShape Remember = new("a map with for",
        new("for", ScalarShape.Duration, "How long.", true),
        new("except", new ListShape(Any, orSingle: true), "Query parameters that make no difference, as symbol."));

    public static readonly TableShape ErrorRule = new("a map with as",
        new("status", new ListShape(ScalarShape.Parsed("a status such as 429, 5xx or 500-599", text => StatusRange.TryParse(text, out _), "^([0-9]{3}(-[0-9]{3})?|[1-5]xx)$"), orSingle: true), "Statuses; default any."),
        new("json", new MapShape(new ListShape(Any, orSingle: true), "a member name or path", key => MemberPath.TryParse(key, out _)), "Members: text they contain, =text they equal (={} empty), true for present, false for absent."),
        new("body", Any, "Text in the first 4 KB."),
        new("contentType", Any, "Prefix of the content type."),
        new("as", ScalarShape.OneOf([.. OutcomeWords.All]), "What it means.", true),
        new("limits", new ListShape(Word), "Limits to close; default the endpoint's first."),
        new("retryAfter", ScalarShape.Path, "Where the body tells the seconds to wait."),
        new("close", ScalarShape.Parsed("a duration such as 30s, or untilReset", text => string.Equals(text, "untilReset", StringComparison.Ordinal) || Quantities.TryDuration(text, out _), "^(untilReset|0|[0-9.]+(ms|s|m|min|h|d))$"), "Fixed closure."),
        new("remember", Remember, "For as: plan: how long the refusal is given again without a call."));

    public static readonly TableShape Dialect = new("a map with template",
        new("members", new MapShape(new ScalarShape("a single value", _ => true, () => new System.Text.Json.Nodes.JsonObject(), allowNull: true), "a member name", key => key.Length > 0), "Members added to problem+json."),
        new("template", Any, "Exact body for errors: dialect.", true),
        new("contentType", Any, "Exact content type; default application/json."));

    public static readonly TableShape Provider = new("a map beginning with provider",
        new("provider", ScalarShape.Parsed("a lower-case name of letters, digits and - that is not reserved", IsProvider, "^[a-z][a-z0-9-]{0,31}$"), "Name; the first path segment.", true),
        new("replace", ScalarShape.Flag, "Drop the shipped definition of this name instead of merging with it."),
        new("baseUrl", ScalarShape.Parsed("an http or https address without query or user", text => BaseUrls.TryParse(text, out _), "^https?://.+$"), "Scheme, authority and path prefix.", true),
        new("market", Word, "Market identifier code of the calendar."),
        new("identity", new ListShape(Identity, orSingle: true), "How callers are told apart."),
        new("inject", new ListShape(Inject, orSingle: true), "What the gate adds for callers that bring no credential."),
        new("auth", Auth, "The sign-in that the gate owns, for callers that bring no credential."),
        new("limits", new MapShape(Limit, "a name of letters, digits, - and _", IsName), "Rules by name."),
        new("defaultLimit", new ListShape(Word, orSingle: true), "Limits of unmatched paths; default every limit."),
        new("backoff", Backoff, "Wait after repeated limit answers."),
        new("price", Price, "What calls cost; reports and plans reckon with it."),
        new("scope", Scope, "Default scope of endpoints."),
        new("deadline", ScalarShape.Duration, "Default deadline of endpoints; default 30s."),
        new("timeout", ScalarShape.Duration, "Default call time-out of endpoints."),
        new("contentTypes", new ListShape(Any, orSingle: true), "Default media types of endpoints."),
        new("freshness", Freshness, "Default freshness of endpoints; origin also takes unmatched GETs."),
        new("endpoints", new ListShape(Endpoint), "Operations."),
        new("errors", new ListShape(ErrorRule), "Recognises failures; the first match decides."),
        new("dialect", Dialect, "The provider's own error envelope."),
        new("clients", new MapShape(Any, "a client's name", key => key.Length > 0), "Known clients and how each is pointed at the gate; for people."),
        new("profiles", new MapShape(new AnyMapShape(), "a name of letters, digits, - and _", IsName), "Alternatives by name: definitions that are laid over this one when chosen."),
        new("profile", Word, "The profile chosen, where the configuration chooses none."),
        new("mode", ScalarShape.OneOf("on", "shadow", "bypass"), "What the gate does; default on."));

    private static ScalarShape Place(params string[] places) => ScalarShape.Parsed(
        $"{string.Join(" NAME, ", places[..^1])} NAME or {places[^1]} NAME",
        text => text.Split(' ') is [var place, { Length: > 0 }] && places.Contains(place, StringComparer.Ordinal),
        $"^({string.Join('|', places)}) [^ ]+$");

    private static bool IsName(string text) =>
        text.Length is > 0 and <= 64 && char.IsAsciiLetterOrDigit(text[0]) && text.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_');

    private static bool IsProvider(string text) =>
        text.Length is > 0 and <= 32
        && char.IsAsciiLetterLower(text[0])
        && text.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c == '-')
        && !ReservedNames.Contains(text, StringComparer.Ordinal);

    private static bool IsCount(string text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var count) && count is >= 1 and <= 1_000_000;

    private static bool IsZone(string text) => NodaTime.DateTimeZoneProviders.Tzdb.GetZoneOrNull(text) is not null;

    private static bool IsTimeFormat(string text)
    {
        if (text is "unix" or "unixMs" or "iso")
        {
            return true;
        }

        try
        {
            return text.Contains("yyyy", StringComparison.Ordinal) && DateTime.UnixEpoch.ToString(text, CultureInfo.InvariantCulture).Length > 0;
        }
        catch (FormatException)
        {
            return false;
        }
    }

    private static bool IsPattern(string text) =>
        IdentityPattern.TryCompile(text, out var regex)
        && regex!.GetGroupNames().Any(name => name is "limitKey" or "account" or "credential");

    private static bool IsPermits(string text) =>
        Quantities.TryRate(text, out var rate, out _) ? rate > 0
        : Quantities.TryNumber(text, out var number) && number > 0 && number <= 1_000_000_000;

    private static bool IsLimitScope(string text) =>
        text is "provider" or "limitKey" or "endpoint" or "account" || text.Split(' ') is ["capture" or "field", { Length: > 0 }];

    private static bool IsVariable(string text) => Regex.IsMatch(text, "^[A-Z][A-Z0-9_]{0,63}$", RegexOptions.NonBacktracking);

    private static bool IsLogin(string text) => BaseUrls.TryParse(text, out var address) && text.Contains(address!.Authority + "/", StringComparison.OrdinalIgnoreCase);

    private static bool IsHost(string text) => Regex.IsMatch(text, "^([*][.])?[A-Za-z0-9-]+([.][A-Za-z0-9-]+)*(:[0-9]{1,5})?$", RegexOptions.NonBacktracking);

    private static bool IsPercent(string text) =>
        text.EndsWith('%') && int.TryParse(text.AsSpan(0, text.Length - 1), NumberStyles.None, CultureInfo.InvariantCulture, out var share) && share <= 100;
}
