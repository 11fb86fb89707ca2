using System.Buffers.Binary;
using System.IO.Compression;
using System.Security.Cryptography;

namespace Headgate.Strategies.Store.Import;

/// <summary>An input file read whole and checked: its hash, and its CSV parts after decompression.</summary>
/// <remarks>
/// .NET's gzip and zip readers accept truncated streams and do not compare check sums, so both are verified here: a damaged file must
/// never pass as a shorter one.
/// </remarks>
internal sealed class SourceFile
{
    /// <summary>A day's file of the whole segment is about 10 MB of text; a thousand times that is not a bhavcopy.</summary>
    private const long BytesMax = 1L << 30;

    private SourceFile(string path, byte[] raw, IReadOnlyList<CsvPart> parts)
    {
        FullPath = Path.GetFullPath(path);
        Name = Path.GetFileName(path);
        Size = raw.Length;
        Parts = parts;
    }

    public string FullPath { get; }

    public string Name { get; }

    public long Size { get; }

    public IReadOnlyList<CsvPart> Parts { get; }

    /// <summary>SHA-256 of the bytes on disk, hex.</summary>
    public static (byte[] Raw, string Hash) ReadRaw(string path)
    {
        var info = new FileInfo(path);
        if (info.Length > BytesMax)
        {
            throw new ImportFileException($"{info.Name}: {info.Length} bytes; at most {BytesMax}");
        }

        var raw = File.ReadAllBytes(path);
        return (raw, Convert.ToHexStringLower(SHA256.HashData(raw)));
    }

    public static SourceFile Open(string path, byte[] raw)
    {
        var name = Path.GetFileName(path);
        try
        {
            // By content, not by extension: a renamed file is still read as what it is.
            IReadOnlyList<CsvPart> parts = raw switch
            {
                [0x1F, 0x8B, ..] => [new CsvPart(name, Gunzip(name, raw))],
                [(byte)'P', (byte)'K', 3, 4, ..] or [(byte)'P', (byte)'K', 5, 6, ..] => Unzip(name, raw),
                _ => [new CsvPart(name, raw)],
            };
            return new SourceFile(path, raw, parts);
        }
        catch (InvalidDataException damage)
        {
            throw new ImportFileException($"{name}: corrupt or truncated archive ({damage.Message})", damage);
        }
    }

    private static byte[] Gunzip(string name, byte[] raw)
    {
        using var gzip = new GZipStream(new MemoryStream(raw, writable: false), CompressionMode.Decompress);
        var data = ReadBounded(name, gzip);
        if (raw.Length < 18
            || BinaryPrimitives.ReadUInt32LittleEndian(raw.AsSpan(raw.Length - 8)) != Crc32.Of(data)
            || BinaryPrimitives.ReadUInt32LittleEndian(raw.AsSpan(raw.Length - 4)) != (uint)(data.Length & uint.MaxValue))
        {
            throw new InvalidDataException("check sum or length differs");
        }

        return data;
    }

    private static List<CsvPart> Unzip(string name, byte[] raw)
    {
        using var zip = new ZipArchive(new MemoryStream(raw, writable: false), ZipArchiveMode.Read);
        var parts = new List<CsvPart>();
        foreach (var entry in zip.Entries.Where(e => e.FullName.EndsWith(".csv", StringComparison.OrdinalIgnoreCase)))
        {
            using var stream = entry.Open();
            var data = ReadBounded(name, stream);
            if (data.Length != entry.Length || Crc32.Of(data) != entry.Crc32)
            {
                throw new InvalidDataException($"check sum of {entry.FullName} differs");
            }

            parts.Add(new CsvPart($"{name}/{entry.FullName}", data));
        }

        return parts.Count > 0 ? parts : throw new ImportFileException($"{name}: the archive holds no .csv file");
    }

    private static byte[] ReadBounded(string name, Stream stream)
    {
        using var output = new MemoryStream();
        var buffer = new byte[81920];
        for (int read; (read = stream.Read(buffer)) > 0;)
        {
            output.Write(buffer, 0, read);
            if (output.Length > BytesMax)
            {
                throw new ImportFileException($"{name}: more than {BytesMax} bytes after decompression");
            }
        }

        return output.ToArray();
    }
}
