using System.Runtime.InteropServices;

namespace Headgate.Catalogue;

/// <summary>Tells which of a request's item names have come before. On the caller's stack: a set of the framework takes 5 KB and 3 µs for 200 names.</summary>
/// <remarks>
/// A table of the first places of names in a list that is compacted as it is read. Names that meet too often, as a client could choose them, and
/// more than fit go on in a set of the framework, so that nothing grows worse than linearly.
/// </remarks>
internal ref struct NameSet
{
    /// <summary>Places of the table; half of them are used at most.</summary>
    public const int Places = 1_024;

    private const int MeetingsMax = 8;
    private const ulong Prime1 = 0x9E3779B185EBCA87;
    private const ulong Prime2 = 0xC2B2AE3D27D4EB4F;

    private readonly List<string> _names;
    private readonly Span<short> _table;
    private HashSet<string>? _rest;

    /// <param name="names">Where the names told apart are kept, in order.</param>
    /// <param name="table"><see cref="Places"/> zeros.</param>
    public NameSet(List<string> names, Span<short> table)
    {
        _names = names;
        _table = table;
        _rest = names.Count > Places / 2 ? new HashSet<string>(names.Count, StringComparer.Ordinal) : null;
    }

    /// <summary>True when the name is new: it is then to be kept in the list at <paramref name="place"/>.</summary>
    public bool Add(string name, int place)
    {
        if (_rest is not null)
        {
            return _rest.Add(name);
        }

        var at = (int)(Hash(name) & (Places - 1));
        for (var met = 0; met < MeetingsMax; met++)
        {
            ref var first = ref _table[at];
            if (first == 0)
            {
                first = (short)(place + 1);
                return true;
            }

            if (string.Equals(_names[first - 1], name, StringComparison.Ordinal))
            {
                return false;
            }

            at = (at + 1) & (Places - 1);
        }

        _rest = new HashSet<string>(_names.Take(place), StringComparer.Ordinal);
        return _rest.Add(name);
    }

    private static ulong Hash(string name)
    {
        unchecked
        {
            var hash = (ulong)name.Length * Prime1;
            var bytes = MemoryMarshal.AsBytes(name.AsSpan());
            for (; bytes.Length >= sizeof(ulong); bytes = bytes[sizeof(ulong)..])
            {
                hash = (hash ^ MemoryMarshal.Read<ulong>(bytes)) * Prime2;
                hash ^= hash >> 29;
            }

            foreach (var octet in bytes)
            {
                hash = (hash ^ octet) * Prime1;
            }

            return hash >> 32;
        }
    }
}
