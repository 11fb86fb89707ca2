using System.IO.Compression;
using System.Text;
using Headgate.Upstream;

namespace Headgate.Tests.Upstream;

public sealed class ContentDecoderTests
{
    [Theory]
    [InlineData("gzip")]
    [InlineData("deflate")]
    [InlineData("br")]
    public void Whole_data_is_decoded_and_no_prefix_of_it_is(string coding)
    {
        var plain = Encoding.UTF8.GetBytes(string.Concat(Enumerable.Range(0, 300).Select(i => $"{i},63.80\n")));
        var body = Pack(plain, coding);

        ContentDecoder.Decode(body, coding, 1 << 20)!.Value.ToArray().ShouldBe(plain);
        for (var length = 0; length < body.Length; length++)
        {
            ContentDecoder.Decode(body.AsMemory(0, length), coding, 1 << 20).ShouldBeNull($"{length} of {body.Length} bytes");
        }
    }

    [Theory]
    [InlineData("gzip")]
    [InlineData("deflate")]
    [InlineData("br")]
    public void Data_cut_within_zeros_is_not_whole(string coding)
    {
        var body = Pack(new byte[200_000], coding, CompressionLevel.NoCompression);
        for (var length = body.Length - 40; length < body.Length; length++)
        {
            ContentDecoder.Decode(body.AsMemory(0, length), coding, 1 << 20).ShouldBeNull($"{length} of {body.Length} bytes");
        }
    }

    [Theory]
    [InlineData("gzip")]
    [InlineData("deflate")]
    [InlineData("br")]
    public void As_much_as_the_bound_is_decoded_and_more_is_not(string coding)
    {
        ContentDecoder.Decode(Pack(new byte[1_000], coding), coding, 1_000)!.Value.Length.ShouldBe(1_000);
        ContentDecoder.Decode(Pack(new byte[1_001], coding), coding, 1_000).ShouldBeNull();
    }

    [Fact]
    public void Several_gzip_members_are_one_body()
    {
        byte[] body = [.. Pack("one,"u8.ToArray(), "gzip"), .. Pack("two"u8.ToArray(), "gzip")];
        Encoding.UTF8.GetString(ContentDecoder.Decode(body, "gzip", 100)!.Value.Span).ShouldBe("one,two");
    }

    private static byte[] Pack(byte[] plain, string coding, CompressionLevel level = CompressionLevel.Optimal)
    {
        using var packed = new MemoryStream();
        using (Stream stream = coding switch
        {
            "gzip" => new GZipStream(packed, level, leaveOpen: true),
            "deflate" => new ZLibStream(packed, level, leaveOpen: true),
            _ => new BrotliStream(packed, level, leaveOpen: true),
        })
        {
            stream.Write(plain);
        }

        return packed.ToArray();
    }
}
