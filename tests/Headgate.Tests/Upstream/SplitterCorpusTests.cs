using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;
using Headgate.Catalogue;
using Headgate.Upstream;

namespace Headgate.Tests.Upstream;

/// <summary>
/// Bodies kept as files, byte for byte: the file's first word says what is to come of them. A body that once broke the splitter is added here.
/// </summary>
public sealed class SplitterCorpusTests
{
    private static readonly string Folder = Path.Combine(AppContext.BaseDirectory, "Upstream", "corpus");

    public static TheoryData<string> Sound() => Files(static name => name.StartsWith("map-", StringComparison.Ordinal) || name.StartsWith("array-", StringComparison.Ordinal));

    public static TheoryData<string> Unsound() => Files(static name => name.StartsWith("broken-", StringComparison.Ordinal) || name.StartsWith("other-", StringComparison.Ordinal));

    [Theory]
    [MemberData(nameof(Sound))]
    public void Items_are_the_bytes_that_a_parser_finds_at_their_place(string file)
    {
        var body = File.ReadAllBytes(Path.Combine(Folder, file));
        var split = ItemSplitter.Split(body, ModelOf(file)).ShouldNotBeNull();

        using var document = JsonDocument.Parse(body);
        var expected = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var (name, value) in ItemsOf(document.RootElement.GetProperty("data")))
        {
            expected[name] = value;
        }

        split.Items.ToDictionary(item => item.Key, item => Encoding.Latin1.GetString(item.Value.Value.Span), StringComparer.Ordinal).ShouldBe(expected, ignoreOrder: true);
        body.AsSpan().StartsWith(split.Prefix.Span).ShouldBeTrue();
        body.AsSpan().EndsWith(split.Suffix.Span).ShouldBeTrue();
    }

    [Theory]
    [MemberData(nameof(Unsound))]
    public void What_is_not_json_or_has_no_items_there_is_not_split(string file) =>
        ItemSplitter.Split(File.ReadAllBytes(Path.Combine(Folder, file)), ModelOf(file)).ShouldBeNull();

    [Fact]
    public void A_byte_changed_or_a_tail_cut_yields_json_items_or_none()
    {
        var random = new Random(20261120);
        foreach (var path in Directory.GetFiles(Folder).Order(StringComparer.Ordinal))
        {
            var sound = File.ReadAllBytes(path);
            for (var i = 0; i < 300 && sound.Length > 0; i++)
            {
                var body = sound[..(random.Next(4) == 0 ? random.Next(sound.Length) : sound.Length)];
                if (body.Length > 0)
                {
                    body[random.Next(body.Length)] = (byte)random.Next(256);
                }

                foreach (var item in ItemSplitter.Split(body, ModelOf(Path.GetFileName(path)))?.Items.Values ?? [])
                {
                    ItemSplitter.IsJson(item.Value.Span).ShouldBeTrue($"{path}: {Encoding.UTF8.GetString(body)}");
                }
            }
        }
    }

    private static IEnumerable<(string Name, string Value)> ItemsOf(JsonElement items) => items.ValueKind == JsonValueKind.Object
        ? items.EnumerateObject().Select(static member => (member.Name, Encoding.Latin1.GetString(JsonMarshal.GetRawUtf8Value(member.Value))))
        : items.EnumerateArray()
            .Where(static element => element.ValueKind == JsonValueKind.Object && element.TryGetProperty("symbol", out _))
            .Select(static element => (element.GetProperty("symbol").GetString()!, Encoding.Latin1.GetString(JsonMarshal.GetRawUtf8Value(element))));

    private static TheoryData<string> Files(Func<string, bool> wanted) => [.. Directory.GetFiles(Folder).Select(path => Path.GetFileName(path)!).Where(wanted).Order(StringComparer.Ordinal)];

    private static BatchModel ModelOf(string file)
    {
        var isArray = file.StartsWith("array-", StringComparison.Ordinal);
        return new BatchModel
        {
            Style = BatchStyle.Repeated,
            Parameter = "i",
            Max = 500,
            UrlMax = 14_000,
            Shape = isArray ? ItemsShape.Array : ItemsShape.Map,
            ItemsPath = ["data"],
            KeyField = isArray ? "symbol" : null,
            MissingTtl = TimeSpan.FromSeconds(10),
            Required = [],
        };
    }
}
