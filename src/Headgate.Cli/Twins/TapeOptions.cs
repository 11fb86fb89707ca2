using System.CommandLine;
using Headgate.Desk.Days;
using Headgate.Upstreams.Tapes;

namespace Headgate.Cli.Twins;

/// <summary>Which market the emulated upstreams tell of, and what their clock shows.</summary>
internal sealed class TapeOptions
{
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

    /// <summary>A clock that nothing would read is not silently ignored.</summary>
    /// <exception cref="CommandFailure">A clock is set, and the upstreams are real.</exception>
    public void Check(ParseResult parsed, bool isEmulated)
    {
        if (!isEmulated && parsed.GetValue(At) is not null)
        {
            throw new CommandFailure("--at sets the clock of an emulated market, and real upstreams have their own; give --demo or --tape with it", ExitCode.Usage);
        }
    }

    /// <summary>Loads the tape.</summary>
    /// <exception cref="CommandFailure">A file cannot be read as a tape.</exception>
    public Market Load(ParseResult parsed) => Load(parsed, Market.Synthetic, static paths => RecordedTape.Load(paths));

    /// <summary>Loads the tape for monitors, which also read what recordings lack (the index, earlier sessions, futures): that is made up.</summary>
    /// <exception cref="CommandFailure">A file cannot be read as a tape.</exception>
    public Market LoadForDesk(ParseResult parsed) => Load(parsed, Market.ForDesk, static paths => KiteTapeDay.Recorded(paths)[0].Tape(Market.DeskSeed));

    private Market Load(ParseResult parsed, Func<DateTimeOffset?, Market> synthetic, Func<IReadOnlyList<string>, IMarketTape> recorded)
    {
        var at = parsed.GetValue(At);
        try
        {
            if (parsed.GetValue(Tape) is not { Length: > 0 } paths)
            {
                return synthetic(at);
            }

            var tape = recorded(paths);
            return new Market(tape, new TapeClock(at ?? tape.Start, TimeProvider.System));
        }
        catch (Exception problem) when (problem is IOException or InvalidDataException or UnauthorizedAccessException)
        {
            throw new CommandFailure(problem.Message, ExitCode.Usage, problem);
        }
    }
}
