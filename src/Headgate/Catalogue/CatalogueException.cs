namespace Headgate.Catalogue;

/// <summary>One reason why a catalogue cannot be used.</summary>
/// <param name="File">The file that says so.</param>
/// <param name="Line">Line in it, from 1.</param>
/// <param name="Message">Path, value and expectation, as <c>endpoints.quote.batch.max is 0; expected 1..5000</c>.</param>
public sealed record CatalogueError(string File, int Line, string Message)
{
    public override string ToString() => $"{File}:{Line}: {Message}";
}

/// <summary>The catalogue cannot be used; <see cref="Errors"/> has every reason found, in order of file and line.</summary>
public sealed class CatalogueException : Exception
{
    public CatalogueException(IReadOnlyList<CatalogueError> errors, Exception? inner = null)
        : base(string.Join('\n', errors), inner) => Errors = errors;

    public IReadOnlyList<CatalogueError> Errors { get; }
}
