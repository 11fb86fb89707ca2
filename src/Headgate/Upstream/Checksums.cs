namespace Headgate.Upstream;

/// <summary>The checksums at the end of gzip (RFC 1952) and zlib (RFC 1950) data. .NET's streams end quietly where the data was cut; these tell.</summary>
internal static class Checksums
{
    private static readonly uint[] Table = MakeTable();

    public static uint Crc32(ReadOnlySpan<byte> bytes)
    {
        var crc = uint.MaxValue;
        foreach (var value in bytes)
        {
            crc = Table[(crc ^ value) & 0xFF] ^ (crc >> 8);
        }

        return ~crc;
    }

    public static uint Adler32(ReadOnlySpan<byte> bytes)
    {
        const uint Modulus = 65_521;
        // The longest run whose sums cannot overflow 32 bits (RFC 1950, appendix).
        const int Run = 5_552;
        var (low, high) = (1u, 0u);
        while (!bytes.IsEmpty)
        {
            foreach (var value in bytes[..Math.Min(Run, bytes.Length)])
            {
                low += value;
                high += low;
            }

            low %= Modulus;
            high %= Modulus;
            bytes = bytes[Math.Min(Run, bytes.Length)..];
        }

        return (high << 16) | low;
    }

    private static uint[] MakeTable()
    {
        var table = new uint[256];
        for (var i = 0u; i < 256; i++)
        {
            var crc = i;
            for (var bit = 0; bit < 8; bit++)
            {
                crc = (crc & 1) == 0 ? crc >> 1 : 0xEDB88320u ^ (crc >> 1);
            }

            table[i] = crc;
        }

        return table;
    }
}
