namespace Headgate.Catalogue;

/// <summary>Collects everything that is wrong, so that one start tells it all.</summary>
internal sealed class ErrorList
{
    private readonly List<CatalogueError> _errors = [];

    public int Count => _errors.Count;

    public void Add(string file, int line, string message) => _errors.Add(new CatalogueError(file, line, message));

    public void Add(CatalogueNode at, string message) => Add(at.File, at.Line, message);

    /// <summary>A value that is not what its key expects.</summary>
    public void Unexpected(CatalogueNode node, string path, string expected) => Add(node, $"{(path.Length == 0 ? "the definition" : path)} is {node.Shown}; expected {expected}");

    public CatalogueException ToException() =>
        new([.. _errors.Distinct().OrderBy(error => error.File, StringComparer.Ordinal).ThenBy(error => error.Line)]);
}
