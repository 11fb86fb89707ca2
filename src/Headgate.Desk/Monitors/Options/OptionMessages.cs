using System.Globalization;
using System.Text;
using Headgate.Desk.Alerts;
using Headgate.Desk.Monitors.Hosting;

namespace Headgate.Desk.Monitors.Options;

/// <summary>The analyser's messages in Telegram's HTML. Everything dynamic is escaped.</summary>
internal static class OptionMessages
{
    private const string Disclaimer = "<i>Advice only: no order is placed. Selling options can lose more than the premium.</i>";

    public static Alert Entry(OptionAnalysis analysis, DateTimeOffset now) =>
        Of("options_entry", analysis, now, $"NIFTY OPTION SELLING: {analysis.Signal}", Analysis(analysis), Summary(analysis));

    public static Alert Late(OptionAnalysis analysis, DateTimeOffset now) =>
        Of("options_late_entry", analysis, now, "LATE ENTRY: conditions have become good", Analysis(analysis), "late entry, " + Summary(analysis));

    public static Alert Add(OptionAnalysis analysis, int layer, AddAdvice advice, DateTimeOffset now) => Of(
        "options_add", analysis, now, Say($"ADD TO POSITION: layer {layer}"), Lines(advice.Reasons) + Analysis(analysis), Say($"add layer {layer}, {Summary(analysis)}"));

    public static Alert Exit(OptionAnalysis analysis, ExitAdvice advice, PositionLayer entry, decimal? profit, DateTimeOffset now) => Of(
        advice.Signal == "EXIT_NOW" ? "options_exit" : "options_consider_exit",
        analysis,
        now,
        advice.Signal == "EXIT_NOW" ? $"EXIT NOW: urgency {advice.Urgency}" : "CONSIDER EXIT: conditions are worse",
        Lines(advice.Reasons) + Then(analysis, entry, advice.Points, profit),
        Say($"{(advice.Signal == "EXIT_NOW" ? "exit now" : "consider exit")} ({advice.Points} points): {string.Join("; ", advice.Reasons)}"));

    public static Alert Failed(DateTimeOffset cycle, string error, DateTimeOffset now) => new("options", "options_error", "NIFTY", cycle, now)
    {
        Html = $"{AlertHtml.Bold("NIFTY OPTION ANALYSIS FAILED")}\n{AlertHtml.Escape(error)}\n{AlertHtml.Escape(Time(cycle))}",
        Summary = $"analysis failed: {error}",
    };

    /// <summary>The end-of-day summary: nothing entered, still open, or left.</summary>
    public static Alert EndOfDay(OptionDay day, OptionAnalysis? analysis, DateTimeOffset cycle, DateTimeOffset now)
    {
        var text = new StringBuilder();
        var state = day.Stage switch
        {
            PositionStage.Entered => "position open",
            PositionStage.Exited => "position left",
            _ => "no position",
        };
        if (day.Entry is { } entry)
        {
            var end = day.Exit?.Check ?? day.LastCheck;
            var until = day.Exit?.Check.Timestamp ?? cycle;
            text.Append(Line($"Layers: {day.Layers.Count}")).Append(Line($"Entered {Time(entry.Timestamp)} at score {entry.Score:0.0}, NIFTY {entry.NiftySpot:0.00}"));
            text.Append(Line($"Held for {(int)(until - entry.Timestamp).TotalMinutes} min"));
            if (end is not null)
            {
                text.Append(Line($"Score {end.Score - entry.Score:+0.0;-0.0;0.0} since entry, NIFTY {end.NiftySpot - entry.NiftySpot:+0.00;-0.00;0.00} points"));
            }

            if (day.Exit is { } exit)
            {
                text.Append(Line($"Left {Time(exit.Check.Timestamp)}: {string.Join("; ", exit.Reasons)}"));
            }

            if (day.Exit is { ProfitAndLoss: { } realised })
            {
                text.Append(Line($"Estimated result {realised:+0.00;-0.00;0.00} ₹ per unit"));
            }
            else if (end?.ProfitAndLoss(day.Layers) is { } open)
            {
                text.Append(Line($"Estimated result so far {open:+0.00;-0.00;0.00} ₹ per unit"));
            }
        }
        else
        {
            text.Append("No signal was strong enough to enter today.\n");
        }

        if (day.Earlier.Count > 0)
        {
            text.Append(Line($"Positions left earlier today: {day.Earlier.Count}"));
        }

        if (analysis is not null)
        {
            text.Append(Line($"Now: {analysis.Signal}, score {analysis.ComparableScore:0.0}, NIFTY {analysis.NiftySpot:0.00}, VIX {analysis.Vix:0.00}"));
        }

        return new Alert("options", "options_summary", "NIFTY", cycle, now)
        {
            Html = $"{AlertHtml.Bold("NIFTY OPTIONS: END OF DAY")}\n{AlertHtml.Escape(state)}\n\n{text.ToString().TrimEnd()}",
            Summary = $"end of day: {state}",
            Price = analysis?.NiftySpot,
        };
    }

    private static Alert Of(string type, OptionAnalysis analysis, DateTimeOffset now, string headline, string body, string summary) =>
        new("options", type, "NIFTY", analysis.Timestamp, now)
        {
            Html = $"{AlertHtml.Bold(headline)}\n{AlertHtml.Escape(Time(analysis.Timestamp))}\n\n{body.TrimEnd()}\n\n{Disclaimer}",
            Summary = summary,
            Price = analysis.NiftySpot,
        };

    private static string Analysis(OptionAnalysis analysis)
    {
        var score = analysis.Best.Score;
        var text = new StringBuilder();
        text.Append("<b>").Append(Escaped($"{analysis.SignalTier}, score {analysis.TotalScore:0.0}/100, size {analysis.PositionSize * 100:0} %, premiums {analysis.PremiumQuality}")).Append("</b>\n");
        if (analysis.Veto is { } veto)
        {
            text.Append(Line($"Veto {veto.Type}: {veto.Data} (the score would be {analysis.ComparableScore:0.0})"));
        }

        text.Append(Line($"NIFTY {analysis.NiftySpot:0.00}, expiries {string.Join(", ", analysis.Expiries.Select(static expiry => $"{expiry.Expiry:dd MMM} ({expiry.DaysToExpiry} d)"))}"));
        text.Append(Line($"Theta {score.Theta:0.0}, gamma {score.Gamma:0.0}, vega {score.Vega:0.0}, VIX {score.Vix:0.0}, regime {score.Regime:0.0}, OI {score.Oi:0.0}"));
        text.Append(Line($"VIX {analysis.Vix:0.00}, trend {analysis.VixTrend:+0.00;-0.00;0.00}, IV rank {analysis.IvRank:0.0} %{(analysis.TrueIvRank is { } rank ? Say($" (between extremes {rank:0.0} %)") : "")}"));
        text.Append(Line($"Regime {analysis.MarketRegime}, open interest {analysis.OiPatternName}, price action {analysis.PriceAction}"));
        if (analysis.CprCheck is { } cpr)
        {
            text.Append(Line($"{cpr}"));
        }

        text.Append('\n').Append(Line($"{analysis.Recommendation}"));
        if (analysis.SignalTier == "SELL_WEAK")
        {
            text.Append("Weak tier: half size, wider strikes, leave at the first warning.\n");
        }

        foreach (var risk in analysis.RiskFactors)
        {
            text.Append(Line($"• {risk}"));
        }

        if (analysis.Signal == "SELL")
        {
            text.Append('\n');
            foreach (var strategy in analysis.Expiries.SelectMany(static expiry => new[] { expiry.Straddle, expiry.Strangle }).OfType<StrategyAnalysis>())
            {
                text.Append(Strategy(strategy, isBest: ReferenceEquals(strategy, analysis.Best)));
            }
        }

        return text.ToString();
    }

    private static string Strategy(StrategyAnalysis strategy, bool isBest)
    {
        var legs = strategy.Legs;
        return Line(
            $"{(isBest ? "➤ " : "")}{legs.Strategy} {legs.Expiry:dd MMM}: {legs.CallStrike:0.##} CE ₹{strategy.CallPremium:0.00} + {legs.PutStrike:0.##} PE ₹{strategy.PutPremium:0.00} = ₹{strategy.TotalPremium:0.00}, θ ₹{strategy.Greeks.Theta:0.00} a day");
    }

    private static string Then(OptionAnalysis analysis, PositionLayer entry, int points, decimal? profit) =>
        "\n" + Line($"Exit score {points}")
        + Line($"Score {entry.Score:0.0} → {analysis.ComparableScore:0.0}, NIFTY {entry.NiftySpot:0.00} → {analysis.NiftySpot:0.00}, VIX {entry.Vix:0.00} → {analysis.Vix:0.00}")
        + (profit is { } result ? Line($"Estimated result {result:+0.00;-0.00;0.00} ₹ per unit, from premiums quoted now") : "The result cannot be estimated: a premium is not quoted.\n");

    private static string Summary(OptionAnalysis analysis) => Say(
        $"{analysis.Signal} score {analysis.TotalScore:0.0}, {analysis.SignalTier}, NIFTY {analysis.NiftySpot:0.00}, VIX {analysis.Vix:0.00}{(analysis.Veto is { } veto ? ", veto " + veto.Type : "")}");

    private static string Lines(IReadOnlyList<string> lines) => string.Concat(lines.Select(static line => Line($"• {line}")));

    private static string Line(FormattableString text) => Escaped(text) + "\n";

    private static string Escaped(FormattableString text) => AlertHtml.Escape(Say(text));

    private static string Say(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);

    private static string Time(DateTimeOffset at) => Ist.Of(at).ToString("dd MMM yyyy HH:mm", CultureInfo.InvariantCulture) + " IST";
}
