using System.Text.Json;

namespace Headgate.Strategies.Api;

/// <summary>The body of GET /executions/{id}, as the API description shows it.</summary>
/// <param name="Status">pending, running, completed or failed.</param>
/// <param name="Data">One object per trade, its properties named as the result's columns; empty when the run failed.</param>
/// <param name="Metadata">Strategy, version, parameters, data version and skip log; the error of a failed run.</param>
/// <param name="RowCount">Rows of the whole result, whatever page was asked for.</param>
public sealed record ExecutionBody(long ExecutionId, string Status, IReadOnlyList<IReadOnlyDictionary<string, JsonElement>> Data, IReadOnlyDictionary<string, JsonElement> Metadata, int RowCount);
