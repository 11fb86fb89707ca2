using System.Text;

namespace Headgate.Strategies.Store.Import;

/// <summary>
/// Reads a CSV text line by line and keeps the line number for messages. Fields may be quoted (RFC 4180) but not contain line ends, which
/// no exchange file does. UTF-8 with or without a byte order mark.
/// </summary>
internal sealed class CsvReader : IDisposable
{
    /// <summary>UDiFF has 34 columns; the bound only stops a garbage file early.</summary>
    private const int ColumnsMax = 200;

    private readonly StreamReader _reader;
    private readonly List<Range> _fields = new(40);
    private string _line = "";

    public CsvReader(CsvPart part)
    {
        _reader = new StreamReader(new MemoryStream(part.Data, writable: false), new UTF8Encoding(false, throwOnInvalidBytes: false), true);
        Name = part.Name;
        Header = ReadLine() ? [.. Enumerable.Range(0, FieldCount).Select(i => Field(i).ToString())] : [];
        if (Header.Count == 0)
        {
            throw new ImportFileException($"{Name}:1: the file is empty");
        }
    }

    public string Name { get; }

    public IReadOnlyList<string> Header { get; }

    /// <summary>Number of the current line; 1 is the header.</summary>
    public int Line { get; private set; }

    public int FieldCount => _fields.Count;

    /// <summary>Moves to the next line that is not blank.</summary>
    public bool ReadLine()
    {
        while (_reader.ReadLine() is { } line)
        {
            Line++;
            if (!string.IsNullOrWhiteSpace(line))
            {
                _line = line;
                Split();
                return true;
            }
        }

        return false;
    }

    /// <summary>A field without surrounding blanks and quotes; empty when the line is shorter.</summary>
    public ReadOnlySpan<char> Field(int index)
    {
        if (index >= _fields.Count)
        {
            return [];
        }

        var field = _line.AsSpan(_fields[index]).Trim();
        return field.Length >= 2 && field[0] == '"' && field[^1] == '"' ? field[1..^1].Trim() : field;
    }

    /// <summary>The position of a column by any of its names, ignoring case; -1 when absent.</summary>
    public int Column(params ReadOnlySpan<string> names)
    {
        foreach (var name in names)
        {
            for (var i = 0; i < Header.Count; i++)
            {
                if (Header[i].Equals(name, StringComparison.OrdinalIgnoreCase))
                {
                    return i;
                }
            }
        }

        return -1;
    }

    public void Dispose() => _reader.Dispose();

    private void Split()
    {
        _fields.Clear();
        var quoted = false;
        var start = 0;
        for (var i = 0; i < _line.Length; i++)
        {
            if (_line[i] == '"')
            {
                quoted = !quoted;
            }
            else if (_line[i] == ',' && !quoted)
            {
                _fields.Add(start..i);
                start = i + 1;
                if (_fields.Count > ColumnsMax)
                {
                    throw new ImportFileException($"{Name}:{Line}: more than {ColumnsMax} columns");
                }
            }
        }

        _fields.Add(start.._line.Length);
    }
}
