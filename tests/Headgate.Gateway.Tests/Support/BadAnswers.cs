namespace Headgate.Gateway.Tests.Support;

/// <summary>The ways in which an upstream fails to answer, by name.</summary>
internal static class BadAnswers
{
    /// <summary>Fails an exchange; any other name is an error with status 500.</summary>
    public static Task GiveAsync(RawExchange exchange, string way)
    {
        switch (way)
        {
            case "down":
                exchange.Rst();
                return Task.CompletedTask;
            case "hanging":
                return exchange.Hang();
            case "garbage":
                return exchange.Reply("\u0000\u00ff{[[\"", "Content-Type: application/json\r\n");
            case "html":
                return exchange.Reply("<!doctype html><h1>Maintenance</h1>", "Content-Type: text/html\r\n");
            case "empty":
                return exchange.Reply("", "Content-Type: application/json\r\n");
            case "truncated":
                return CutAsync(exchange);
            case "soft error":
                return exchange.Reply("{\"status\":\"error\",\"message\":\"try later\"}", "Content-Type: application/json\r\n");
            default:
                return exchange.Reply("{\"status\":\"error\"}", "Content-Type: application/json\r\n", status: 500);
        }
    }

    private static async Task CutAsync(RawExchange exchange)
    {
        await exchange.Send("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 500\r\n\r\n{\"status\":\"success\",\"data\":{\"A\":{\"last_price\":1");
        exchange.Fin();
    }
}
