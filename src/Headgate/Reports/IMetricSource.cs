namespace Headgate.Reports;

/// <summary>Something with figures of its own to tell on <c>/metrics</c>. Thread-safe.</summary>
public interface IMetricSource
{
    /// <summary>Writes its families; names must be nobody else's, and labels bounded and without credentials.</summary>
    void Write(MetricText text);
}
