using System.CommandLine;

namespace Headgate.Cli.Commands;

/// <summary>Options that mean the same on every command.</summary>
internal static class CommonOptions
{
    public static Option<bool> Json() => new("--json") { Description = "Print JSON for programs instead of text for people." };

    public static Option<DirectoryInfo> DataDirectory() => new("--data-dir")
    {
        HelpName = "DIR",
        Description = "The gate's data directory. Default: HEADGATE_DATADIR, else headgate below CRYPTOMETER_CACHE_DIR or KINGFISHER_CACHE_DIR, else ./data.",
        DefaultValueFactory = _ => new DirectoryInfo(Storage.Sqlite.DataDirectory.DefaultPath()),
    };

    public static Option<Uri?> Url() => new("--url")
    {
        HelpName = "URL",
        Description = "Address of the running gate. Default: the one its data directory names.",
        CustomParser = result =>
        {
            var text = result.Tokens[0].Value;
            if (Uri.TryCreate(text, UriKind.Absolute, out var url) && url.Scheme is "http" or "https")
            {
                return url;
            }

            result.AddError($"--url {text} is not an http address; expected for example http://127.0.0.1:7070");
            return null;
        },
    };
}
