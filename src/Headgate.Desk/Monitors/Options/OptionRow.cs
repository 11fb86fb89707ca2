using Headgate.Desk.Alerts;

namespace Headgate.Desk.Monitors.Options;

/// <summary>An analysis as a row of the monthly workbook.</summary>
/// <param name="Cycle">Scheduled start of its cycle.</param>
/// <param name="Cells">Column name to value.</param>
/// <param name="AlertKeys">Alerts that told of it; the row says sent when one of them arrived.</param>
public sealed record OptionRow(DateTimeOffset Cycle, IReadOnlyDictionary<string, AlertCell> Cells, IReadOnlyList<string> AlertKeys);
