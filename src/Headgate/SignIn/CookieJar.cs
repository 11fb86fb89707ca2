namespace Headgate.SignIn;

/// <summary>The cookies of one sign-in. All its hosts belong to one provider, so one jar serves them; paths are not told apart. Prints nothing of them.</summary>
internal sealed class CookieJar
{
    private const int CookiesMax = 64;
    private const int CharsMax = 4 * 1024;

    private readonly SortedDictionary<string, string> _cookies = new(StringComparer.Ordinal);

    /// <summary>The value of <c>Cookie</c>; empty for none.</summary>
    public string Header => string.Join("; ", _cookies.Select(cookie => $"{cookie.Key}={cookie.Value}"));

    /// <summary>Takes the cookies an answer sets, and drops those it ends.</summary>
    public void Take(SignInReply reply)
    {
        foreach (var header in reply.Headers.Where(header => header.Is("Set-Cookie")))
        {
            var parts = header.Value.Split(';', StringSplitOptions.TrimEntries);
            var equals = parts[0].IndexOf('=', StringComparison.Ordinal);
            if (equals < 1 || parts[0].Length > CharsMax)
            {
                continue;
            }

            var name = parts[0][..equals];
            if (parts.Skip(1).Any(part => part.Equals("Max-Age=0", StringComparison.OrdinalIgnoreCase)) || equals == parts[0].Length - 1)
            {
                _cookies.Remove(name);
            }
            else if (_cookies.Count < CookiesMax || _cookies.ContainsKey(name))
            {
                _cookies[name] = parts[0][(equals + 1)..];
            }
        }
    }
}
