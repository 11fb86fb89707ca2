namespace Headgate.Strategies.Store;

/// <summary>Reads what <see cref="VarintWriter"/> wrote.</summary>
internal ref struct VarintReader(ReadOnlySpan<byte> data)
{
    private readonly ReadOnlySpan<byte> _data = data;
    private int _position;

    public byte Byte() => _data[_position++];

    public ulong Unsigned()
    {
        ulong value = 0;
        for (var shift = 0; ; shift += 7)
        {
            var part = _data[_position++];
            value |= (ulong)(part & 0x7F) << shift;
            if (part < 0x80)
            {
                return value;
            }
        }
    }

    public long Signed()
    {
        var raw = Unsigned();
        return unchecked((long)(raw >> 1) ^ -(long)(raw & 1));
    }

    public decimal[] Column(int count)
    {
        var scale = Byte();
        var values = new decimal[count];
        for (var i = 0; i < count; i++)
        {
            var raw = Signed();
            var magnitude = (ulong)Math.Abs(raw);
            values[i] = new decimal(unchecked((int)magnitude), unchecked((int)(magnitude >> 32)), 0, raw < 0, scale);
        }

        return values;
    }
}
