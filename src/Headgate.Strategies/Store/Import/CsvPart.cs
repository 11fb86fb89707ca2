namespace Headgate.Strategies.Store.Import;

/// <summary>One CSV text of a source file.</summary>
/// <param name="Name">File name, with the entry's name when it came out of an archive; used in messages.</param>
internal sealed record CsvPart(string Name, byte[] Data);
