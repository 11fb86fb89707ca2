using System.Globalization;
using System.Text;

namespace Headgate.Tests.Upstream;

/// <summary>Writes random but valid JSON with everything that trips naive splitters: escapes, braces in strings, odd numbers, white space, duplicates.</summary>
internal sealed class RandomJson
{
    private static readonly string[] Numbers = ["0", "-0", "63.80", "9007199254740993", "1e400", "-1.5E-7", "0.1000", "123456789012345678901234567890"];
    private static readonly string[] Strings = ["", "NSE:INFY", "a\\\"b", "}{][", "\\u00e9", "é", "\\\\", "x\\ny", "NSE:NIFTY 50", ",:", "\\u007d"];
    private static readonly string[] Spaces = ["", "", "", " ", "\n", "\t", "\r\n  "];

    private readonly Random _random;
    private readonly StringBuilder _text = new();

    public RandomJson(Random random) => _random = random;

    /// <summary>An envelope with items, and each item's exact text by decoded name (the last of duplicates).</summary>
    public (string Json, Dictionary<string, string> Members) Envelope(bool isArray)
    {
        Dictionary<string, string> members = new(StringComparer.Ordinal);
        Open('{');
        foreach (var _ in Enumerable.Range(0, _random.Next(3)))
        {
            Member("\"before" + _random.Next(5) + "\"", () => Value(2));
            _text.Append(',');
        }

        Space();
        _text.Append("\"data\"");
        Space();
        _text.Append(':');
        Space();
        _text.Append(isArray ? '[' : '{');
        var count = _random.Next(6);
        for (var i = 0; i < count; i++)
        {
            Space();
            var start = _text.Length;
            var name = isArray ? ArrayItem() : MapItem();
            members[name] = _text.ToString(start, _text.Length - start);
            Space();
            if (i < count - 1)
            {
                _text.Append(',');
            }
        }

        Space();
        _text.Append(isArray ? ']' : '}');
        if (_random.Next(2) == 0)
        {
            _text.Append(',');
            Member("\"after\"", () => Value(2));
        }

        Space();
        _text.Append('}');
        Space();
        return (_text.ToString(), members);
    }

    private string MapItem()
    {
        var name = "item" + _random.Next(8).ToString(CultureInfo.InvariantCulture);
        // A name may be written with escapes; what is decoded is what was asked.
        _text.Append(_random.Next(4) == 0 ? $"\"\\u0069tem{name[4..]}\"" : $"\"{name}\"");
        Space();
        _text.Append(':');
        Space();
        Value(3);
        return name;
    }

    private string ArrayItem()
    {
        var name = "item" + _random.Next(8).ToString(CultureInfo.InvariantCulture);
        Open('{');
        if (_random.Next(2) == 0)
        {
            Member("\"nested\"", () => Value(2));
            _text.Append(',');
        }

        Member("\"symbol\"", () => _text.Append('"').Append(name).Append('"'));
        Space();
        _text.Append('}');
        return name;
    }

    private void Value(int depth)
    {
        switch (_random.Next(depth > 0 ? 7 : 5))
        {
            case 0:
                _text.Append(Numbers[_random.Next(Numbers.Length)]);
                break;
            case 1:
                _text.Append('"').Append(Strings[_random.Next(Strings.Length)]).Append('"');
                break;
            case 2:
                _text.Append("true");
                break;
            case 3:
                _text.Append("null");
                break;
            case 4:
                _text.Append(_random.Next(2) == 0 ? "{}" : "[]");
                break;
            case 5:
                Open('[');
                Value(depth - 1);
                Space();
                _text.Append(',');
                Space();
                Value(depth - 1);
                _text.Append(']');
                break;
            default:
                Open('{');
                Member("\"data\"", () => Value(depth - 1));
                Space();
                _text.Append('}');
                break;
        }
    }

    private void Member(string name, Action value)
    {
        Space();
        _text.Append(name);
        Space();
        _text.Append(':');
        Space();
        value();
    }

    private void Open(char bracket)
    {
        _text.Append(bracket);
        Space();
    }

    private void Space() => _text.Append(Spaces[_random.Next(Spaces.Length)]);
}
