using System.Globalization;
using System.Text;
using System.Text.Json;
using Headgate.Catalogue;
using Headgate.Upstream;

namespace Headgate.Tests.Upstream;

public sealed class ItemSplitterTests
{
    private static readonly BatchModel Map = Model(ItemsShape.Map, null);
    private static readonly BatchModel Array = Model(ItemsShape.Array, "symbol");

    /// <summary>Inputs per property: thousands in an ordinary run, ten million in eng/deep.</summary>
    private static int Inputs => int.Parse(Environment.GetEnvironmentVariable("HEADGATE_FUZZ_INPUTS") ?? "20000", CultureInfo.InvariantCulture);

    [Fact]
    public void Every_item_keeps_every_byte_whatever_the_json()
    {
        for (var seed = 0; seed < Inputs; seed++)
        {
            var isArray = seed % 2 == 0;
            var (json, members) = new RandomJson(new Random(seed)).Envelope(isArray);
            var split = ItemSplitter.Split(Encoding.UTF8.GetBytes(json), isArray ? Array : Map).ShouldNotBeNull($"seed {seed}: {json}");
            split.Items.Keys.ShouldBe(members.Keys, ignoreOrder: true, $"seed {seed}: {json}");
            foreach (var (name, text) in members)
            {
                Encoding.UTF8.GetString(split.Items[name].Whole.Span).ShouldBe(text, $"seed {seed}: {json}");
            }
        }
    }

    [Fact]
    public void Prefix_item_and_suffix_of_an_answer_with_one_item_are_the_answer_to_the_byte()
    {
        const string pretty = "{\n  \"status\": \"success\",\n  \"data\": {\n    \"NSE:INFY\": { \"last_price\": 63.80 }\n  }\n}\n";
        var split = ItemSplitter.Split(Encoding.UTF8.GetBytes(pretty), Map)!;
        Encoding.UTF8.GetString([.. split.Prefix.Span, .. split.Items["NSE:INFY"].Whole.Span, .. split.Suffix.Span]).ShouldBe(pretty);
    }

    [Fact]
    public void Mutated_bytes_are_split_only_while_they_are_json()
    {
        for (var seed = 0; seed < Inputs; seed++)
        {
            var random = new Random(seed);
            var bytes = Encoding.UTF8.GetBytes(new RandomJson(random).Envelope(isArray: false).Json);
            Mutate(bytes, random);
            var length = random.Next(4) == 0 ? random.Next(bytes.Length + 1) : bytes.Length;
            var body = bytes.AsMemory(0, length);
            if (ItemSplitter.Split(body, Map) is { } split)
            {
                IsJson(body).ShouldBeTrue($"seed {seed}");
                split.Items.Values.ShouldAllBe(item => IsJson(item.Value));
            }
        }
    }

    [Theory]
    [MemberData(nameof(Corpus))]
    public void The_corpus_of_hostile_bodies_is_never_split(string body) => ItemSplitter.Split(Encoding.UTF8.GetBytes(body), Map).ShouldBeNull();

    public static TheoryData<string> Corpus() =>
    [
        "", " ", "{", "[]", "null", "\"data\"", "{\"data\":1}", "{\"data\":[]}", "{\"data\":{}", "{\"data\":{}}x", "{\"data\":{}}{}",
        "{\"status\":\"success\"}", "{\"data\":{\"a\":}}", "{\"data\":{\"a\":1,}}", "{\"data\":{\"a\":01}}", "{\"data\":{\"a\":NaN}}",
        "{\"data\":{\"a\":\"\u0001\"}}", "{data:{}}", "{\"data\":{\"a\":1}", "<html></html>", "{\"data\":{\"a\":tru", "\uFEFF",
        new string('[', 200) + new string(']', 200),
    ];

    private static void Mutate(byte[] bytes, Random random)
    {
        for (var i = random.Next(3); i > 0 && bytes.Length > 0; i--)
        {
            bytes[random.Next(bytes.Length)] = (byte)random.Next(256);
        }
    }

    private static bool IsJson(ReadOnlyMemory<byte> body)
    {
        try
        {
            using var document = JsonDocument.Parse(body);
            return true;
        }
        catch (JsonException)
        {
            return false;
        }
    }

    private static BatchModel Model(ItemsShape shape, string? keyField) => new()
    {
        Style = BatchStyle.Repeated,
        Parameter = "i",
        Max = 500,
        UrlMax = 14_000,
        Shape = shape,
        ItemsPath = ["data"],
        KeyField = keyField,
        MissingTtl = TimeSpan.FromSeconds(10),
        Required = [],
    };
}
