namespace Headgate.Strategies.Store.Import;

/// <summary>What became of one file.</summary>
public enum FileOutcome
{
    /// <summary>Its rows are in the store.</summary>
    Imported,

    /// <summary>The same bytes were imported before; nothing changed.</summary>
    AlreadyImported,

    /// <summary>Nothing of it was taken in.</summary>
    Refused,
}
