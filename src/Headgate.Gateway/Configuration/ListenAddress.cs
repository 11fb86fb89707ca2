using System.Globalization;
using System.Net;

namespace Headgate.Gateway.Configuration;

/// <summary>An address to listen on: <c>http://127.0.0.1:7070</c>, <c>https://localhost:7443</c>, <c>http://*:80</c>.</summary>
/// <param name="IsHttps">With Kestrel's certificate settings.</param>
/// <param name="Host">As written, without brackets.</param>
/// <param name="Port">0 lets the system choose (not for <c>localhost</c>, which is two addresses).</param>
public sealed record ListenAddress(bool IsHttps, string Host, int Port)
{
    /// <summary>Every address of the machine.</summary>
    public bool IsAny => Host is "*" or "+" or "0.0.0.0" or "::";

    public bool IsLocalhost => string.Equals(Host, "localhost", StringComparison.OrdinalIgnoreCase);

    /// <summary>Reachable from this machine only.</summary>
    public bool IsLoopback => IsLocalhost || (Ip is { } ip && IPAddress.IsLoopback(ip));

    /// <summary>The address, or null for names and <c>*</c>.</summary>
    public IPAddress? Ip => IPAddress.TryParse(Host, out var ip) ? ip : null;

    /// <summary>One address.</summary>
    /// <exception cref="FormatException">It is not <c>http(s)://host:port</c>; the message says what is expected.</exception>
    public static ListenAddress Parse(string text)
    {
        var trimmed = text.Trim().TrimEnd('/');
        var isHttps = trimmed.StartsWith("https://", StringComparison.OrdinalIgnoreCase);
        if (!isHttps && !trimmed.StartsWith("http://", StringComparison.OrdinalIgnoreCase))
        {
            throw Malformed(text);
        }

        var authority = trimmed[(trimmed.IndexOf("//", StringComparison.Ordinal) + 2)..];
        var colon = authority.LastIndexOf(':');
        var hasPort = colon > authority.LastIndexOf(']');
        var host = (hasPort ? authority[..colon] : authority).Trim('[', ']');
        var port = isHttps ? 443 : 80;
        if (hasPort && (!int.TryParse(authority[(colon + 1)..], NumberStyles.None, CultureInfo.InvariantCulture, out port) || port > 65_535))
        {
            throw Malformed(text);
        }

        if (host.Length == 0 || authority.Contains('/', StringComparison.Ordinal))
        {
            throw Malformed(text);
        }

        var address = new ListenAddress(isHttps, host, port);
        if (address.Ip is null && address is { IsAny: false, IsLocalhost: false })
        {
            throw new FormatException($"Cannot listen on '{text}': the host is an IP address, localhost or *.");
        }

        return address;
    }

    /// <summary>Addresses separated by semicolons.</summary>
    /// <exception cref="FormatException">One of them cannot be read, or there is none.</exception>
    public static IReadOnlyList<ListenAddress> ParseMany(string text)
    {
        var all = text.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Select(Parse).ToList();
        return all.Count > 0 ? all : throw Malformed(text);
    }

    public override string ToString() =>
        string.Create(CultureInfo.InvariantCulture, $"{(IsHttps ? "https" : "http")}://{(Host.Contains(':', StringComparison.Ordinal) ? $"[{Host}]" : Host)}:{Port}");

    private static FormatException Malformed(string text) => new($"Cannot listen on '{text}': expected http://host:port or https://host:port.");
}
