namespace Headgate.Strategies.Store.Import;

/// <summary>The result of one import.</summary>
public sealed record ImportReport(IReadOnlyList<FileReport> Files)
{
    public int Imported => Files.Count(f => f.Outcome == FileOutcome.Imported);

    public int AlreadyImported => Files.Count(f => f.Outcome == FileOutcome.AlreadyImported);

    public int Refused => Files.Count(f => f.Outcome == FileOutcome.Refused);

    public long Rows => Files.Sum(f => f.Rows);

    public int BadRows => Files.Sum(f => f.BadRowCount);

    /// <summary>True when every file is in the store.</summary>
    public bool Succeeded => Refused == 0;
}
