using Headgate.Catalogue;

namespace Headgate.Tests.Catalogue;

public sealed class ShippedCatalogueTests
{
    [Fact]
    public void The_shipped_definitions_load()
    {
        var catalogue = CatalogueLoader.LoadShipped();
        catalogue.Providers.Keys.ShouldContain("kite");
        catalogue.Providers.Keys.ShouldContain("coinbase");
    }
}
