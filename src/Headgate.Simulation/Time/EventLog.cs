namespace Headgate.Simulation;

/// <summary>A running hash over everything that happened (FNV-1a, 64 bits), and the latest lines for people.</summary>
/// <remarks>Two runs of one seed must end with the same hash. Lines are kept only while <see cref="KeepsLines"/> is switched on.</remarks>
public sealed class EventLog
{
    private const ulong Prime = 1_099_511_628_211;
    private const int LinesMax = 20_000;

    private readonly Queue<string> _lines = new();

    /// <summary>The hash of all events so far.</summary>
    public ulong Hash { get; private set; } = 14_695_981_039_346_656_037;

    /// <summary>Events so far.</summary>
    public long Count { get; private set; }

    /// <summary>Keep readable lines as well (the latest 20,000); off by default, for speed.</summary>
    public bool KeepsLines { get; set; }

    /// <summary>The latest lines, oldest first.</summary>
    public IReadOnlyCollection<string> Lines => _lines;

    /// <summary>An event of two numbers.</summary>
    public void Add(long first, long second)
    {
        Mix(first);
        Mix(second);
        Count++;
    }

    /// <summary>A named event.</summary>
    public void Add(string kind, long first, long second = 0)
    {
        foreach (var letter in kind)
        {
            Mix((byte)letter);
        }

        Add(first, second);
    }

    /// <summary>A line for people; not hashed, so that a run may be read without becoming another one.</summary>
    public void Note(string line)
    {
        if (KeepsLines)
        {
            Keep(line);
        }
    }

    private void Keep(string line)
    {
        if (_lines.Count == LinesMax)
        {
            _lines.Dequeue();
        }

        _lines.Enqueue(line);
    }

    private void Mix(byte value) => Hash = unchecked((Hash ^ value) * Prime);

    // One multiplication per number is enough for telling runs apart.
    private void Mix(long value) => Hash = unchecked((Hash ^ (ulong)value) * Prime);
}
