namespace Headgate.Strategies.Store.Import;

/// <summary>One date column: its first value decides the format, a later value in another format is an error.</summary>
internal struct DateColumn
{
    private string? _format;
    private int _formatLine;

    public bool TryParse(ReadOnlySpan<char> text, int line, out DateOnly date, out string? error)
    {
        error = null;
        if (_format is not null && DateFormats.TryParse(text, _format, out date))
        {
            return true;
        }

        foreach (var format in DateFormats.Unambiguous)
        {
            if (!DateFormats.TryParse(text, format, out date))
            {
                continue;
            }

            if (_format is null)
            {
                (_format, _formatLine) = (format, line);
                return true;
            }

            error = $"mixed date formats: '{text}' is {format}, line {_formatLine} is {_format}";
            return false;
        }

        date = default;
        error = $"'{text}' is not a date (expected YYYY-MM-DD, DD-MM-YYYY or DD-Mon-YYYY)";
        return false;
    }
}
