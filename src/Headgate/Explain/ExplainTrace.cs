namespace Headgate.Explain;

/// <summary>The decisions of one request in order, bounded; put into words only when somebody asks. Thread-safe.</summary>
internal sealed class ExplainTrace
{
    // A request for 5,000 items would otherwise fill the log with one line per item.
    private const int StepsMax = 64;

    private readonly List<Step> _steps = new(4);

    public void Add(EngineTime at, string decision, string detail) => Add(new Step(at, decision, null, default, detail));

    /// <param name="at">When.</param>
    /// <param name="decision">A stable word.</param>
    /// <param name="write">Puts the figures into words; must not capture anything.</param>
    /// <param name="figures">The figures.</param>
    public void Add(EngineTime at, string decision, Func<ExplainFigures, string> write, ExplainFigures figures) => Add(new Step(at, decision, write, figures, ""));

    public IReadOnlyList<ExplanationStep> Steps()
    {
        lock (_steps)
        {
            return _steps.ConvertAll(static step => new ExplanationStep(step.At, step.Decision, step.Write?.Invoke(step.Figures) ?? step.Detail));
        }
    }

    private void Add(in Step step)
    {
        lock (_steps)
        {
            if (_steps.Count < StepsMax)
            {
                _steps.Add(step);
            }
            else if (_steps.Count == StepsMax)
            {
                _steps.Add(new Step(step.At, "more", null, default, "further steps are not kept"));
            }
        }
    }

    private readonly record struct Step(EngineTime At, string Decision, Func<ExplainFigures, string>? Write, ExplainFigures Figures, string Detail);
}
