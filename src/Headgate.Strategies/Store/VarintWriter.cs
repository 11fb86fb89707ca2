using System.Buffers;

namespace Headgate.Strategies.Store;

/// <summary>Writes LEB128 integers and decimal columns with one common scale.</summary>
internal readonly ref struct VarintWriter(ArrayBufferWriter<byte> output)
{
    public void Byte(byte value)
    {
        output.GetSpan(1)[0] = value;
        output.Advance(1);
    }

    public void Unsigned(ulong value)
    {
        var span = output.GetSpan(10);
        var length = 0;
        while (value >= 0x80)
        {
            span[length++] = (byte)((value & 0x7F) | 0x80);
            value >>= 7;
        }

        span[length++] = (byte)value;
        output.Advance(length);
    }

    public void Signed(long value) => Unsigned(unchecked((ulong)((value << 1) ^ (value >> 63))));

    /// <summary>The smallest number of decimals that holds every value exactly, then the values as integers of that scale.</summary>
    public void Column(ReadOnlySpan<decimal> values)
    {
        var scale = 0;
        foreach (var value in values)
        {
            scale = Math.Max(scale, Scale(value));
        }

        Byte((byte)scale);
        var factor = Factors[scale];
        foreach (var value in values)
        {
            Signed((long)(value * factor));
        }
    }

    internal static readonly decimal[] Factors = [1m, 10m, 100m, 1_000m, 10_000m];

    private static int Scale(decimal value)
    {
        for (var scale = 0; scale < DaySheetCodec.DecimalsMax; scale++)
        {
            var scaled = value * Factors[scale];
            if (scaled == decimal.Truncate(scaled))
            {
                return scale;
            }
        }

        return DaySheetCodec.DecimalsMax;
    }
}
