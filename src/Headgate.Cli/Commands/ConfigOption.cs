using System.CommandLine;

namespace Headgate.Cli.Commands;

/// <summary>The configuration file of commands that run a gate.</summary>
internal sealed class ConfigOption
{
    private const string FileName = "headgate.yaml";

    public Option<FileInfo?> Option { get; } = new("--config")
    {
        HelpName = "FILE",
        Description = $"Configuration file. Default: {FileName} in the working directory, when there is one. Environment variables HEADGATE_… go before it.",
    };

    /// <exception cref="CommandFailure">The file that was named is not there.</exception>
    public FileInfo? Find(ParseResult parsed)
    {
        var named = parsed.GetValue(Option);
        if (named is { Exists: false })
        {
            throw new CommandFailure($"--config {named.FullName}: there is no such file", ExitCode.Usage);
        }

        return named ?? (File.Exists(FileName) ? new FileInfo(FileName) : null);
    }
}
