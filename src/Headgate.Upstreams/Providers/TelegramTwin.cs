using System.Text;
using System.Text.Json;
using Headgate.Upstreams.Faults;
using Headgate.Upstreams.Limits;

namespace Headgate.Upstreams.Providers;

/// <summary>Telegram Bot API: 30 messages a second per bot, 1 a second per chat, 20 a minute per group (core.telegram.org/bots/faq, read 2026-11-20).</summary>
public sealed class TelegramTwin : ProviderTwin
{
    private static readonly LimitRule[] Rules =
    [
        new("bot", "bot", 30, TimeSpan.FromSeconds(1)),
        new("chat", "chat", 1, TimeSpan.FromSeconds(1)),
        new("group", "group", 20, TimeSpan.FromMinutes(1)),
    ];

    private long _messages;

    /// <param name="keys">Bot tokens it takes; null takes <c>demo</c>.</param>
    /// <param name="faults">Faults to apply; null applies none.</param>
    /// <param name="isUnlimited">Holds no limit at all: what an ideal upstream would do; default false.</param>
    public TelegramTwin(IReadOnlyList<string>? keys = null, FaultPlan? faults = null, bool isUnlimited = false)
        : base("telegram", isUnlimited ? [] : Rules, keys, faults)
    {
    }

    /// <summary>Messages sent so far.</summary>
    public long Messages => _messages;

    protected override TwinRoute Recognise(TwinRequest request, TwinTarget target) =>
        new(target.Segments.Count > 1 ? target.Segments[1] : "none", "bot", target.Segments.Count > 0 ? After(target.Segments[0], "bot") ?? "" : "");

    protected override IReadOnlyList<LimitCharge> Charges(TwinRequest request, TwinTarget target, TwinRoute route)
    {
        if (Chat(request, target) is not { Length: > 0 } chat || route.Endpoint is "getUpdates")
        {
            return route.Endpoint is "getUpdates" ? [] : [new("bot", route.Key)];
        }

        LimitCharge[] charges = [new("bot", route.Key), new("chat", $"{route.Key} {chat}")];
        return chat[0] is '-' or '@' ? [.. charges, new("group", $"{route.Key} {chat}")] : charges;
    }

    protected override TwinReply Answer(TwinRequest request, TwinTarget target, TwinRoute route, DateTimeOffset now)
    {
        if (!Knows(route.Key))
        {
            return Error(401, "Unauthorized");
        }

        var chat = Chat(request, target);
        return route.Endpoint switch
        {
            "getMe" => Json("""{"ok":true,"result":{"id":1,"is_bot":true,"first_name":"demo"}}"""),
            "getUpdates" => Json("""{"ok":true,"result":[]}"""),
            "sendMessage" when chat is null or "" => Error(400, "Bad Request: chat_id is empty"),
            "sendMessage" when chat is "13" => Error(403, "Forbidden: bot was blocked by the user"),
            "sendMessage" => Json($$$"""{"ok":true,"result":{"message_id":{{{++_messages}}},"date":{{{now.ToUnixTimeSeconds()}}},"chat":{"id":{{{Quoted(chat)}}},"type":"private"} } }"""),
            _ => Error(404, "Not Found"),
        };
    }

    protected override TwinReply TooManyRequests(TwinRoute route) =>
        Json("""{"ok":false,"error_code":429,"description":"Too Many Requests: retry after 3","parameters":{"retry_after":3}}""", 429, new TwinHeader("Retry-After", "3"));

    protected override TwinReply ServerError(int status) => Error(status, "Internal Server Error");

    protected override void Forget() => _messages = 0;

    private static TwinReply Error(int status, string description) => Json($$"""{"ok":false,"error_code":{{status}},"description":{{Quoted(description)}}}""", status);

    private static string? Chat(TwinRequest request, TwinTarget target)
    {
        if (target.First("chat_id") is { Length: > 0 } inQuery)
        {
            return inQuery;
        }

        var type = request.Header("Content-Type") ?? "";
        if (type.StartsWith("application/x-www-form-urlencoded", StringComparison.OrdinalIgnoreCase))
        {
            return TwinTarget.ParseForm(Encoding.UTF8.GetString(request.Body.Span)).FirstOrDefault(pair => pair.Key is "chat_id").Value;
        }

        if (!type.StartsWith("application/json", StringComparison.OrdinalIgnoreCase))
        {
            return null;
        }

        try
        {
            using var body = JsonDocument.Parse(request.Body);
            return body.RootElement.TryGetProperty("chat_id", out var chat) ? chat.ToString() : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
