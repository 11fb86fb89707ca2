namespace Headgate.Strategies.Store.Import;

/// <summary>A whole file cannot be taken in; the message names file, line and reason.</summary>
public sealed class ImportFileException : Exception
{
    public ImportFileException(string message)
        : base(message)
    {
    }

    public ImportFileException(string message, Exception inner)
        : base(message, inner)
    {
    }

    public ImportFileException()
    {
    }
}
