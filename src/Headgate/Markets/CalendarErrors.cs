using System.Collections.Immutable;
using YamlDotNet.RepresentationModel;

namespace Headgate.Markets;

/// <summary>Collects the errors of one calendar file with their places. Not thread-safe.</summary>
internal sealed class CalendarErrors(string fileName)
{
    private readonly List<(long Line, string Reason)> _errors = [];

    public bool Any => _errors.Count > 0;

    public ImmutableArray<string> All => [.. _errors.OrderBy(error => error.Line).Select(error => $"{fileName}:{error.Line}: {error.Reason}")];

    public void Add(long line, string reason) => _errors.Add((Math.Max(1, line), reason));

    public void Add(YamlNode at, string reason) => Add(at.Start.Line, reason);
}
