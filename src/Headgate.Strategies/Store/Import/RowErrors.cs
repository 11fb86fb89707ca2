namespace Headgate.Strategies.Store.Import;

/// <summary>Collects the bad rows of a file; keeps the first <see cref="Max"/>, counts all.</summary>
public sealed class RowErrors
{
    /// <summary>Most bad rows kept per file: enough to see a pattern, bounded for a file that is wrong throughout.</summary>
    public const int Max = 100;

    private readonly List<BadRow> _kept = [];

    public int Count { get; private set; }

    public IReadOnlyList<BadRow> Kept => _kept;

    public void Add(string file, int line, string reason)
    {
        Count++;
        if (_kept.Count < Max)
        {
            _kept.Add(new BadRow(file, line, reason));
        }
    }
}
