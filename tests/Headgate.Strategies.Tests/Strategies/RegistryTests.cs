using Headgate.Strategies.MultiLeg;

namespace Headgate.Strategies.Tests.Strategies;

/// <summary>Strategies from assemblies and definitions.</summary>
public sealed class RegistryTests
{
    [Fact]
    public async Task A_class_in_the_plug_in_folder_is_a_strategy()
    {
        using var folder = new TempFolder();
        File.Copy(SiblingProject.Assembly("Headgate.Strategies.SamplePlugin"), folder.File("plugin.dll"));

        var registry = StrategyRegistry.Load(pluginFolder: folder.Path);

        var result = await registry.Find("buy_and_hold").ShouldNotBeNull().RunAsync(WorkedExample.Market());
        result.Column<decimal>("Net P&L").ShouldBe([-205m]);
    }

    [Fact]
    public void A_file_that_is_no_assembly_is_named()
    {
        using var folder = new TempFolder();
        folder.Write("broken.dll", "not an assembly");

        Should.Throw<InvalidDataException>(() => StrategyRegistry.Load(pluginFolder: folder.Path)).Message.ShouldContain("broken.dll: cannot be used as a strategy assembly");
    }

    [Fact]
    public void A_definition_in_the_folder_is_a_strategy_and_may_not_take_a_shipped_name()
    {
        using var folder = new TempFolder();
        folder.Write("mine.yaml", "name: mine\nlegs:\n  - { name: Future, instrument: future, side: buy }\n");
        StrategyRegistry.Load(folder.Path).Find("mine").ShouldNotBeNull();
        folder.Write("taken.yaml", "name: strangle_sell_weekly\nlegs:\n  - { name: Future, instrument: future, side: buy }\n");

        Should.Throw<InvalidDataException>(() => StrategyRegistry.Load(folder.Path)).Message.ShouldBe("two strategies are named 'strangle_sell_weekly'");
    }

    [Theory]
    [InlineData("name: Mine\nlegs: [{ name: F, instrument: future, side: buy }]", "x.yaml: name is 'Mine'; expected up to 60 of a-z, 0-9 and _")]
    [InlineData("name: mine", "x.yaml: number of legs is 0; expected 1..8")]
    [InlineData("name: mine\nlegs: [{ name: F, instrument: bond, side: buy, otm_percent: 1 }]", "x.yaml: legs[0].instrument is 'bond'; expected call or put or future")]
    [InlineData("name: mine\nlegs: [{ name: C, instrument: call, side: buy }]", "x.yaml: legs[0].otm_percent or premium_percent is needed, and only one of them")]
    [InlineData("name: mine\nlegs: [{ name: C, instrument: call, side: buy, otm_percent: $p }]", "x.yaml: legs[0].otm_percent is '$p'; expected a number or the $name of a parameter")]
    [InlineData("name: mine\nlegs: [{ name: F, instrument: future, side: buy, otm_percent: 1 }]", "x.yaml: legs[0].instrument is future, which has no strike")]
    [InlineData("name: mine\ndays_before: 3\nlegs: [{ name: F, instrument: future, side: buy }]", "x.yaml: days_before is 3; expected 0..2")]
    [InlineData("", "x.yaml: the file is empty")]
    public void A_wrong_definition_is_explained(string yaml, string message) =>
        Should.Throw<InvalidDataException>(() => MultiLegReader.Read("x.yaml", yaml)).Message.ShouldBe(message);

    [Fact]
    public void An_unknown_key_is_named_with_its_line() =>
        Should.Throw<InvalidDataException>(() => MultiLegReader.Read("x.yaml", "name: mine\nstop_loss: 3\n")).Message.ShouldStartWith("x.yaml:2: ");
}
