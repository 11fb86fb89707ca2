namespace Headgate.Desk.Days;

/// <summary>
/// The replaced system's budgets, defects and all: rates per second are never kept; one 429 or five failures in a row shut an API for good, because nothing looks at the clock; the
/// day's count is set back only while a request is recorded, which exhaustion forbids; Questrade's answers count as successes whatever they say.
/// </summary>
internal sealed class ReplacedBudgets
{
    private const int FailuresMax = 5;

    private static readonly TimeSpan Day = TimeSpan.FromHours(24);

    private static readonly Dictionary<string, int> DailyLimits = new(StringComparer.Ordinal) { ["alphavantage"] = 25, ["finnhub"] = 1_440, ["newsapi"] = 100, ["questrade"] = 10_000, ["yfinance"] = 2_000 };

    private readonly Dictionary<string, State> _states = new(StringComparer.Ordinal);

    public bool Admits(string api)
    {
        var state = Of(api);
        return state.Today < DailyLimits[api] && !state.IsBackingOff && state.Failures < FailuresMax;
    }

    public void Record(string api, int status, DateTimeOffset now)
    {
        var state = Of(api);
        if (now - state.Since >= Day)
        {
            (state.Since, state.Today) = (now, 0);
        }

        state.Today++;
        state.Failures = status < 400 || string.Equals(api, "questrade", StringComparison.Ordinal) ? 0 : state.Failures + 1;
        state.IsBackingOff |= status == 429;
    }

    private State Of(string api) => _states.TryGetValue(api, out var state) ? state : _states[api] = new State();

    private sealed class State
    {
        public DateTimeOffset Since { get; set; }

        public int Today { get; set; }

        public int Failures { get; set; }

        public bool IsBackingOff { get; set; }
    }
}
