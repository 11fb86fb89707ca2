namespace Headgate.Upstreams.Tapes;

/// <summary>A price path as a pure function of (seed, symbol, moment): smooth noise of several periods, integers only.</summary>
/// <remarks>Any moment costs the same, however far it lies, so a tape needs no state and no history.</remarks>
internal sealed class SyntheticPath
{
    // Amplitudes in parts per million of the base price. Together they stay below 30 %, 40 % for the liveliest, so no path reaches zero;
    // the sum over minutes is about what a liquid share moves.
    private static readonly (int PeriodMinutes, int Amplitude)[] Octaves =
        [(60_000, 150_000), (9_000, 60_000), (1_500, 25_000), (240, 8_000), (47, 3_000), (9, 1_200), (2, 500)];

    // Octaves up to here are livelier where a symbol is.
    private const int HoursMinutes = 240;

    private readonly ulong _key;
    private readonly long _base; // in ticks of the instrument
    private readonly bool _isIndex;
    private readonly int _liveliness;

    public SyntheticPath(int seed, string symbol, long baseTicks, bool isIndex, int liveliness = 1)
    {
        _liveliness = liveliness;
        _key = unchecked(Mix((ulong)seed) ^ Hash(symbol));
        _base = baseTicks;
        _isIndex = isIndex;
    }

    /// <summary>Price in ticks at the beginning of a minute (minutes since the epoch).</summary>
    public long AtMinute(long minute)
    {
        long parts = 0;
        for (var i = 0; i < Octaves.Length; i++)
        {
            var (period, amplitude) = Octaves[i];
            parts += (period <= HoursMinutes ? amplitude * _liveliness : amplitude) * Noise(i, minute, period) / 65_536;
        }

        return Math.Max(1, _base + (_base * parts / 1_000_000));
    }

    /// <summary>How far beyond its open and close a minute reaches, up and down, in ticks.</summary>
    public (long Up, long Down) Reach(long minute)
    {
        var draw = Draw(101, minute);
        var span = Math.Max(4, _base * 1_000 / 1_000_000);
        return ((long)(draw % (ulong)span), (long)((draw >> 32) % (ulong)span));
    }

    /// <summary>A second's step away from the straight line through its minute, in ticks (before it is held inside the minute's range).</summary>
    public long Step(long minute, int second)
    {
        var span = Math.Max(4, _base * 800 / 1_000_000);
        return (long)(Draw(202, unchecked((minute * 60) + second)) % (ulong)((2 * span) + 1)) - span;
    }

    /// <summary>Units traded in a minute.</summary>
    public long Volume(long minute) => _isIndex ? 0 : 200 + (long)(Draw(303, minute) % 40_000);

    /// <summary>A smooth drift from 0 at step 0, within some thousandths either way, in parts per million; turns every twenty steps or so.</summary>
    public long Drift(int step, int thousandths) =>
        ((2 * (Noise(404, step, 24) - Noise(404, 0, 24))) + (Noise(405, step, 7) - Noise(405, 0, 7))) * thousandths * 1_000 / (6 * 65_536);

    // Value noise: linear between draws at multiples of the period; in 1/65,536, from -65,536 to 65,536.
    private long Noise(int octave, long minute, int period)
    {
        var cell = Math.DivRem(minute, period, out var within);
        if (within < 0)
        {
            cell--;
            within += period;
        }

        var from = (long)(Draw(octave, cell) & 0x1ffff) - 65_536;
        var to = (long)(Draw(octave, cell + 1) & 0x1ffff) - 65_536;
        return from + ((to - from) * within / period);
    }

    private ulong Draw(int stream, long index) => unchecked(Mix(_key + ((ulong)stream * 0x9e3779b97f4a7c15UL) ^ Mix((ulong)index)));

    // splitmix64's finaliser (Steele, Lea, Flood: Fast Splittable Pseudorandom Number Generators, 2014).
    internal static ulong Mix(ulong x)
    {
        unchecked
        {
            x += 0x9e3779b97f4a7c15UL;
            x = (x ^ (x >> 30)) * 0xbf58476d1ce4e5b9UL;
            x = (x ^ (x >> 27)) * 0x94d049bb133111ebUL;
            return x ^ (x >> 31);
        }
    }

    // FNV-1a: the same in every process, unlike string.GetHashCode.
    internal static ulong Hash(string text)
    {
        unchecked
        {
            var hash = 14695981039346656037UL;
            foreach (var c in text)
            {
                hash = (hash ^ c) * 1099511628211UL;
            }

            return Mix(hash);
        }
    }
}
