using System.Text;
using System.Text.Json;
using Headgate.Desk.Doors;

namespace Headgate.Desk.Tests.Doors;

public sealed class JsonTextTests
{
    [Theory]
    [InlineData("""{"pair":"AVAX-USDT","side":"Käufer"}""", true)]
    [InlineData("""{"pair":"\u0041VAX","\u0061":["\ud83d\ude00"]}""", true)]
    [InlineData("""{"path":"C:\\ud800"}""", true)]
    [InlineData("""{"pair":"\ud800"}""", false)]
    [InlineData("""{"pair":"\udc00\ud800"}""", false)]
    [InlineData("""[1,{"\uD800":true}]""", false)]
    public void Text_can_be_read_exactly_where_it_is_Unicode(string json, bool expected)
    {
        JsonText.IsReadable(Encoding.UTF8.GetBytes(json)).ShouldBe(expected);

        // What it guards against: the parser takes all of them.
        using var document = JsonDocument.Parse(json);
        if (expected)
        {
            Texts(document.RootElement).ShouldNotBeEmpty();
        }
        else
        {
            Should.Throw<InvalidOperationException>(() => Texts(document.RootElement));
        }
    }

    [Fact]
    public void Bytes_that_are_no_UTF_8_are_no_text() => JsonText.IsReadable([(byte)'"', 0xC3, (byte)'"']).ShouldBeFalse();

    private static string Texts(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.Object => string.Concat(element.EnumerateObject().Select(static member => member.Name + Texts(member.Value))),
        JsonValueKind.Array => string.Concat(element.EnumerateArray().Select(Texts)),
        JsonValueKind.String => element.GetString()!,
        _ => "",
    };
}
