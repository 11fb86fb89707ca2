using Headgate.Catalogue;
using Headgate.Markets;
using Headgate.Testing;

namespace Headgate.Tests.Catalogue;

/// <summary>Whatever is wrong with a file that people write, they are told by its own loader: file, line, reason.</summary>
public sealed class MutatedDocumentTests
{
    private const int Documents = 3_000;

    [Fact]
    public void A_definition_is_read_or_refused_by_file_and_line()
    {
        // Own words of the longest definitions, and the sketch that uses most of them.
        var all = CatalogueLoader.Shipped.Select(file => file.Text).Where(text => text.Length < 6_000).Append(Definitions.Sketch).ToList();
        Each(all, text =>
        {
            try
            {
                CatalogueLoader.Load([new CatalogueFile("mine.yaml", text)]);
                return [];
            }
            catch (CatalogueException refused)
            {
                return [.. refused.Errors.Select(error => error.ToString())];
            }
        });
    }

    [Fact]
    public void A_definition_over_a_shipped_one_is_read_or_refused_by_file_and_line() => Each(
        ["provider: kite\nendpoints:\n  - name: quote\n    batch: { max: 100 }\nlimits:\n  quote: { permits: 2 }\n", "provider: finnhub\nprofile: free\nclients:\n  bot: { finnhub.quote: { ttl: 5s } }\n"],
        text =>
        {
            try
            {
                CatalogueLoader.LoadShipped([new CatalogueFile("mine.yaml", text)]);
                return [];
            }
            catch (CatalogueException refused)
            {
                return [.. refused.Errors.Select(error => error.ToString())];
            }
        },
        Documents / 10);

    [Fact]
    public void A_calendar_is_read_or_refused_by_file_and_line() => Each(
        [
            "market: XTST\nname: Test\nzone: Asia/Kolkata\nregular:\n  - { days: Mon-Fri, hours: 09:15-15:30 }\n  - { from: 2025-01-01, days: Sat, hours: [09:15-10:00, 11:00-12:00] }\n"
            + "years:\n  2026:\n    closed: [01-26, 03-03]\n    sessions:\n      03-02: { kind: special, hours: 09:15-10:00 }\n      11-08: { kind: muhurat, within: 18:00-20:00 }\ndays:\n  2026-11-08: closed\n  2026-11-09: regular\n",
            "market: ALL\nzone: UTC\nendless: true\n",
        ],
        text => [.. MarketCalendarLoader.Load(text, "mine.yaml").Errors]);

    [Fact]
    public void A_calendar_over_a_shipped_one_is_read_or_refused_by_file_and_line() => Each(
        ["market: XNSE\ndays:\n  2026-11-08: { kind: muhurat, hours: 18:00-19:00 }\n  2026-12-25: closed\n"],
        text => [.. MarketCalendarLoader.Load(text, "mine.yaml", MarketCalendars.Shipped).Errors],
        Documents / 4);

    private static void Each(IReadOnlyList<string> documents, Func<string, IReadOnlyList<string>> load, int count = Documents)
    {
        var mutator = new DocumentMutator(20261201);
        var refused = 0;
        for (var i = 0; i < count; i++)
        {
            var text = mutator.Next(documents);
            IReadOnlyList<string> errors = [];
            Should.NotThrow(() => errors = load(text), text);
            errors.ShouldAllBe(error => System.Text.RegularExpressions.Regex.IsMatch(error, @"^[a-z]+\.yaml:\d+: ."), text);
            refused += errors.Count > 0 ? 1 : 0;
        }

        refused.ShouldBeInRange(count / 4, count - 1, "mutations that are all refused, or none, prove little");
    }
}
