using System.Security.Cryptography;
using System.Text;
using Headgate.Storage.Sqlite;

namespace Headgate.Storage.Tests.Secrets;

public sealed class CredentialHasherTests
{
    private static readonly byte[] Key = [.. Enumerable.Range(0, 32).Select(i => (byte)i)];

    [Fact]
    public void It_is_the_first_128_bits_of_the_hmac_of_the_text()
    {
        var expected = Convert.ToHexString(HMACSHA256.HashData(Key, Encoding.Unicode.GetBytes("token k:s")))[..32];

        var hash = new CredentialHasher(Key).Hash("token k:s");

        $"{hash.High:X16}{hash.Low:X16}".ShouldBe(expected);
    }

    [Fact]
    public void Another_key_or_another_text_is_another_identity()
    {
        var hasher = new CredentialHasher(Key);

        new CredentialHasher(new byte[32]).Hash("a").ShouldNotBe(hasher.Hash("a"));
        hasher.Hash("b").ShouldNotBe(hasher.Hash("a"));
        hasher.Hash("\ud800").ShouldNotBe(hasher.Hash("\ud801"), "ill-formed texts must not fall together");
        hasher.Hash("").IsNone.ShouldBeFalse();
    }

    [Fact]
    public void Many_threads_agree()
    {
        var hasher = new CredentialHasher(Key);
        var expected = hasher.Hash("token abc");

        Parallel.For(0, 10_000, i => hasher.Hash("token abc").ShouldBe(expected));
    }

    [Fact]
    public void Hashing_allocates_nothing()
    {
        var hasher = new CredentialHasher(Key);
        hasher.Hash("warm");
        var before = GC.GetAllocatedBytesForCurrentThread();

        for (var i = 0; i < 1_000; i++)
        {
            hasher.Hash("token abcdefgh:ijklmnop");
        }

        (GC.GetAllocatedBytesForCurrentThread() - before).ShouldBe(0);
    }
}
