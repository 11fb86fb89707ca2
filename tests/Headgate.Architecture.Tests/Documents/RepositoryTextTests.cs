using System.Text.RegularExpressions;

namespace Headgate.Architecture.Tests.Documents;

/// <summary>What no committed file may hold.</summary>
public sealed class RepositoryTextTests
{
    private static readonly HashSet<string> Binary = new(StringComparer.OrdinalIgnoreCase)
    {
        ".png", ".jpg", ".gif", ".ico", ".gz", ".br", ".zip", ".db", ".bin", ".b64", ".woff", ".woff2", ".xlsx", ".pdf", ".pfx",
    };

    // Shapes of real credentials. Made-up ones in tests are short or say what they are, so they do not match.
    private static readonly (string What, Regex Shape)[] Secrets =
    [
        ("private key", Shape("-----BEGIN [A-Z ]*PRIVATE " + "KEY-----")),
        ("AWS access key", Shape(@"\bAKIA[0-9A-Z]{16}\b")),
        ("GitHub token", Shape(@"\bgh[pousr]_[A-Za-z0-9]{36}\b")),
        ("Telegram bot token", Shape(@"\b[0-9]{8,10}:AA[A-Za-z0-9_-]{33}\b")),
        ("Slack token", Shape(@"\bxox[abprs]-[A-Za-z0-9-]{20,}")),
        ("signed JWT", Shape(@"\beyJ[A-Za-z0-9_-]{20,}\.eyJ[A-Za-z0-9_-]{20,}\.[A-Za-z0-9_-]{40,}")),
        ("Kite key and token", Shape("token [a-z0-9]{16}:[A-Za-z0-9]{32}")),
        ("Airtable token", Shape(@"\bpat[A-Za-z0-9]{14}\.[a-f0-9]{64}\b")),
        ("npm token", Shape(@"\bnpm_[A-Za-z0-9]{36}\b")),
    ];

    // Home and work directories of the machine something was written on, put together here so that this file does not match itself.
    private static readonly Regex MachinePath = Shape(@"(?<![\w.])/" + @"(work|root|home/\w+|Users/\w+)/[\w.-]+|[A-Z]:\\" + @"Users\\");

    public static TheoryData<string> SecretKinds => [.. Secrets.Select(secret => secret.What)];

    [Theory]
    [MemberData(nameof(SecretKinds))]
    public void No_file_holds_a(string what) => Offenders(Secrets.Single(secret => string.Equals(secret.What, what, StringComparison.Ordinal)).Shape).ShouldBeEmpty();

    [Fact]
    public void No_file_names_a_path_of_somebody_s_machine() => Offenders(MachinePath).ShouldBeEmpty();

    [Fact]
    public void The_lock_files_of_the_npm_clients_name_no_registry_host()
    {
        var locks = Texts().Where(file => file.Path.EndsWith("package-lock.json", StringComparison.Ordinal)).ToList();
        locks.ShouldNotBeEmpty();
        locks.Where(file => file.Text.Contains("\"resolved\"", StringComparison.Ordinal)).Select(file => file.Path).ShouldBeEmpty();
    }

    [Fact]
    public void No_source_is_left_undone() =>
        Texts()
            .Where(file => file.Path.StartsWith("src/", StringComparison.Ordinal) && file.Path.EndsWith(".cs", StringComparison.Ordinal))
            .Where(file => Regex.IsMatch(file.Text, @"\b(TO" + "DO|FIX" + @"ME|NotImplemented" + "Exception)\b", RegexOptions.NonBacktracking))
            .Select(file => file.Path)
            .ShouldBeEmpty();

    private static IEnumerable<string> Offenders(Regex shape) =>
        from file in Texts()
        from match in shape.Matches(file.Text)
        let line = file.Text.AsSpan(0, match.Index).Count('\n') + 1
        select $"{file.Path}:{line}";

    private static IEnumerable<(string Path, string Text)> Texts() =>
        Repository.Files()
            .Where(path => !Binary.Contains(Path.GetExtension(path)))
            .Select(path => (path, File.ReadAllText(Repository.Path(path))));

    private static Regex Shape(string pattern) => new(pattern, RegexOptions.CultureInvariant, TimeSpan.FromSeconds(10));
}
