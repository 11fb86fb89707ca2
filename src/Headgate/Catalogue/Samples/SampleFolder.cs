using System.Globalization;
using System.Text;

namespace Headgate.Catalogue;

/// <summary>Reads a directory of samples.</summary>
/// <remarks>
/// <c>NAME.request.txt</c>: a request line (<c>GET https://host/path?query</c> or <c>GET /path</c> with a Host header), then header lines.
/// <c>NAME.response.json</c>, <c>.csv</c> or <c>.txt</c>: the body; another status than 200 stands in the name (<c>NAME.response.429.json</c>), or the file
/// begins with a status line and headers (<c>curl -i</c>). Up to 1,000 samples of up to 8 MB.
/// </remarks>
public static class SampleFolder
{
    private const int SamplesMax = 1_000;
    private const long BytesMax = 8L << 20;
    private const string RequestEnd = ".request.txt";

    /// <exception cref="CatalogueException">A sample cannot be read; it tells all that cannot, by file and line.</exception>
    /// <exception cref="DirectoryNotFoundException">There is no such directory.</exception>
    public static IReadOnlyList<ProviderSample> Read(string directory)
    {
        var errors = new ErrorList();
        List<ProviderSample> samples = [];
        foreach (var file in Directory.EnumerateFiles(directory).Where(file => file.EndsWith(RequestEnd, StringComparison.Ordinal)).Order(StringComparer.Ordinal).Take(SamplesMax))
        {
            var name = Path.GetFileName(file)[..^RequestEnd.Length];
            var response = Directory.EnumerateFiles(directory, name + ".response.*").Order(StringComparer.Ordinal).FirstOrDefault();
            if (new[] { file, response }.FirstOrDefault(path => path is not null && new FileInfo(path).Length > BytesMax) is { } large)
            {
                errors.Add(Path.GetFileName(large), 1, $"the file has more than {BytesMax >> 20} MB");
            }
            else if (ReadOne(name, file, response, errors) is { } sample)
            {
                samples.Add(sample);
            }
        }

        if (samples.Count == 0 && errors.Count == 0)
        {
            errors.Add(Path.GetFileName(directory.TrimEnd(Path.DirectorySeparatorChar)), 1, $"there is no NAME{RequestEnd} in this directory");
        }

        return errors.Count == 0 ? samples : throw errors.ToException();
    }

    private static ProviderSample? ReadOne(string name, string file, string? response, ErrorList errors)
    {
        var shown = Path.GetFileName(file);
        var lines = File.ReadAllLines(file);
        var line = lines.Length == 0 ? [] : lines[0].Split(' ', StringSplitOptions.RemoveEmptyEntries);
        if (line.Length is < 2 or > 3 || !line[0].All(char.IsAsciiLetterUpper))
        {
            errors.Add(shown, 1, $"{(lines.Length == 0 ? "nothing" : lines[0])} is no request line; expected GET https://host/path?query");
            return null;
        }

        var headers = Headers(lines, 1, shown, errors);
        var isAbsolute = Uri.TryCreate(line[1], UriKind.Absolute, out var address) && address.Scheme is "http" or "https";
        if (!isAbsolute && !line[1].StartsWith('/'))
        {
            errors.Add(shown, 1, $"{line[1]} is no target; expected https://host/path or /path");
            return null;
        }

        var host = headers.Find(header => header.Is("Host")).Value;
        var origin = isAbsolute ? new Uri(address!.GetLeftPart(UriPartial.Authority)) : Uri.TryCreate($"https://{host}", UriKind.Absolute, out var named) && host is not null ? named : null;
        var (status, answered, body) = response is null ? (200, [], ReadOnlyMemory<byte>.Empty) : Response(response, errors);
        return new ProviderSample
        {
            Name = name,
            RequestFile = shown,
            ResponseFile = response is null ? null : Path.GetFileName(response),
            Origin = origin,
            Request = new ClientRequest
            {
                Method = line[0],
                // As written: a Uri would rewrite its escapes.
                Target = isAbsolute ? Below(line[1]) : line[1],
                Headers = [.. headers.Where(header => !header.Is("Host"))],
            },
            Status = status,
            Headers = answered,
            Body = body,
        };
    }

    private static string Below(string absolute)
    {
        var path = absolute.IndexOfAny(['/', '?'], absolute.IndexOf("//", StringComparison.Ordinal) + 2);
        return path < 0 ? "/" : absolute[path] == '?' ? "/" + absolute[path..] : absolute[path..];
    }

    private static List<HeaderField> Headers(IReadOnlyList<string> lines, int from, string file, ErrorList errors)
    {
        List<HeaderField> headers = [];
        for (var i = from; i < lines.Count && lines[i].Length > 0; i++)
        {
            var colon = lines[i].IndexOf(':', StringComparison.Ordinal);
            if (colon <= 0)
            {
                errors.Add(file, i + 1, $"{lines[i]} is no header line; expected Name: value");
                continue;
            }

            headers.Add(new HeaderField(lines[i][..colon], lines[i][(colon + 1)..].Trim()));
        }

        return headers;
    }

    private static (int Status, IReadOnlyList<HeaderField> Headers, ReadOnlyMemory<byte> Body) Response(string file, ErrorList errors)
    {
        var bytes = File.ReadAllBytes(file);
        if (bytes.AsSpan().StartsWith("HTTP/"u8))
        {
            var text = Encoding.Latin1.GetString(bytes);
            var end = text.IndexOf("\r\n\r\n", StringComparison.Ordinal) is >= 0 and var crlf ? crlf + 4 : text.IndexOf("\n\n", StringComparison.Ordinal) is >= 0 and var lf ? lf + 2 : text.Length;
            var lines = text[..end].Split('\n').Select(line => line.TrimEnd('\r')).ToList();
            var status = lines[0].Split(' ') is [_, var code, ..] && int.TryParse(code, NumberStyles.None, CultureInfo.InvariantCulture, out var told) ? told : 0;
            if (status is < 100 or > 599)
            {
                errors.Add(Path.GetFileName(file), 1, $"{lines[0]} is no status line; expected HTTP/1.1 200 OK");
            }

            return (status, Headers(lines, 1, Path.GetFileName(file), errors), bytes.AsMemory(end));
        }

        var parts = Path.GetFileName(file).Split('.');
        var named = parts.Length > 3 && int.TryParse(parts[^2], NumberStyles.None, CultureInfo.InvariantCulture, out var inName) && inName is >= 100 and <= 599 ? inName : 200;
        var type = parts[^1] switch
        {
            "json" => "application/json",
            "csv" => "text/csv",
            "html" => "text/html",
            _ => "text/plain",
        };
        return (named, [new HeaderField("Content-Type", type)], bytes);
    }
}
