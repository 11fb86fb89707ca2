using Headgate.Catalogue;
using Headgate.Testing;

namespace Headgate.Tests.Providers;

/// <summary>docs/providers is written from the definitions: set HEADGATE_UPDATE_DOCS=1 and commit it.</summary>
public sealed class ProviderPageTests
{
    private static readonly CatalogueModel Shipped = CatalogueLoader.LoadShipped();

    public static TheoryData<string> Files { get; } = [.. CatalogueLoader.Shipped.Select(file => file.Name)];

    [Theory]
    [MemberData(nameof(Files))]
    public void A_providers_page_says_what_its_definition_says(string name)
    {
        var file = CatalogueLoader.Shipped.Single(candidate => candidate.Name == name);
        var provider = Shipped.Find(Path.GetFileNameWithoutExtension(name)).ShouldNotBeNull("a shipped file is named after its provider");
        Compare(ProviderPage.Of(file, provider), $"{provider.Name}.md");
    }

    [Fact]
    public void Every_uncertain_fact_is_listed_with_its_safer_choice()
    {
        var facts = CatalogueLoader.Shipped.SelectMany(UncertainFact.In).ToList();
        facts.Count.ShouldBeGreaterThan(25);
        facts.ShouldAllBe(fact => fact.Uncertain.Length > 0 && fact.Safer.Length > 0);
        // Nothing that is marked may be passed over by the reader.
        facts.Count.ShouldBe(CatalogueLoader.Shipped.Sum(file => file.Text.Split("uncertain:").Length - 1));
        Compare(ProviderPage.Uncertain(CatalogueLoader.Shipped), "uncertain.md");
    }

    [Fact]
    public void A_remark_goes_on_over_whole_comment_lines_and_ends_with_them() =>
        UncertainFact.In(new CatalogueFile("x.yaml", "a: 1 # uncertain: one. safer: two.\nb: 2\n  # uncertain: three\n  # four. safer: five\n  # six.\n  # uncertain: seven. safer: eight.\nc: 3"))
            .ShouldBe([new("x.yaml", 1, "one.", "two."), new("x.yaml", 3, "three four.", "five six."), new("x.yaml", 6, "seven.", "eight.")]);

    private static void Compare(string page, string name)
    {
        var path = Repository.Path("docs", "providers", name);
        if (Environment.GetEnvironmentVariable("HEADGATE_UPDATE_DOCS") is "1")
        {
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            File.WriteAllText(path, page);
        }

        File.ReadAllText(path).ShouldBe(page, "run the tests once with HEADGATE_UPDATE_DOCS=1 and commit docs/providers");
    }
}
