using System.CommandLine;
using Headgate.Upstreams.Tapes;

namespace Headgate.Cli.Twins;

/// <summary>Which market the emulated upstreams tell of, and what their clock shows.</summary>
internal sealed class TapeOptions
{
    // A Friday before noon: the market of the synthetic tape is open whenever the demo is started.
    private static readonly DateTimeOffset SyntheticStart = new(2026, 11, 20, 10, 0, 0, new TimeSpan(5, 30, 0));

    private const int SyntheticSeed = 20261120;

    public Option<string[]> Tape { get; } = new("--tape")
    {
        HelpName = "FILE|DIR",
        Description = "Recorded one-minute bars to replay at wall speed from their first minute (CSV, plain or gzip; may be given several times). "
            + "Default: a synthetic market.",
        AllowMultipleArgumentsPerToken = true,
    };

    public Option<DateTimeOffset?> At { get; } = new("--at")
    {
        HelpName = "INSTANT",
        Description = "What the market's clock shows at the start, as 2026-11-20T10:00:00+05:30. Default: the tape's first minute.",
    };

    /// <summary>Loads the tape.</summary>
    /// <exception cref="CommandFailure">A file cannot be read as a tape.</exception>
    public Market Load(ParseResult parsed)
    {
        var at = parsed.GetValue(At);
        try
        {
            IMarketTape tape = parsed.GetValue(Tape) is { Length: > 0 } paths
                ? RecordedTape.Load(paths)
                : new SyntheticTape(SyntheticSeed, at ?? SyntheticStart);
            return new Market(tape, new TapeClock(at ?? tape.Start, TimeProvider.System));
        }
        catch (Exception problem) when (problem is IOException or InvalidDataException or UnauthorizedAccessException)
        {
            throw new CommandFailure(problem.Message, ExitCode.Usage, problem);
        }
    }
}
