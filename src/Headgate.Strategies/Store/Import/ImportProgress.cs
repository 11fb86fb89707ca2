namespace Headgate.Strategies.Store.Import;

/// <summary>Reported after each file.</summary>
public readonly record struct ImportProgress(int FilesDone, int FilesTotal, long Rows, string File);
