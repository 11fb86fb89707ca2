namespace Headgate.Explain;

/// <summary>The figures of one step: up to four counts and a span of time.</summary>
internal readonly record struct ExplainFigures(int First, int Second, int Third, int Fourth, TimeSpan Span)
{
    public ExplainFigures(TimeSpan span)
        : this(0, 0, 0, 0, span)
    {
    }
}
