namespace Headgate.Explain;

/// <summary>The decisions of one request in order, bounded. Thread-safe.</summary>
internal sealed class ExplainTrace
{
    // A request for 5,000 items would otherwise fill the log with one line per item.
    private const int StepsMax = 64;

    private readonly List<ExplanationStep> _steps = [];

    public void Add(EngineTime at, string decision, string detail)
    {
        lock (_steps)
        {
            if (_steps.Count < StepsMax)
            {
                _steps.Add(new ExplanationStep(at, decision, detail));
            }
            else if (_steps.Count == StepsMax)
            {
                _steps.Add(new ExplanationStep(at, "more", "further steps are not kept"));
            }
        }
    }

    public IReadOnlyList<ExplanationStep> Steps()
    {
        lock (_steps)
        {
            return [.. _steps];
        }
    }
}
