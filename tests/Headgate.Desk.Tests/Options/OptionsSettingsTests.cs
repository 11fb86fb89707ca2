using Headgate.Desk.Monitors;
using Headgate.Desk.Monitors.Options;
using Microsoft.Extensions.Configuration;

namespace Headgate.Desk.Tests.Options;

public sealed class OptionsSettingsTests
{
    [Theory]
    [InlineData("off", CprVetoMode.Off)]
    [InlineData("outside-only", CprVetoMode.OutsideOnly)]
    [InlineData("Strict", CprVetoMode.Strict)]
    public void The_pivot_range_modes_are_written_as_specified(string word, CprVetoMode mode) =>
        From(("desk:options:vetoes:cprVetoMode", word)).Vetoes.CprVetoMode.ShouldBe(mode);

    [Theory]
    [InlineData("desk:options:vetoes:cprVetoMode", "maybe")]
    [InlineData("desk:options:scores:vixWeight", "0.5")]
    [InlineData("desk:options:entryTime", "16:00")]
    [InlineData("desk:options:expiries", "0")]
    [InlineData("desk:options:position:layersMax", "0")]
    public void What_cannot_be_is_refused(string key, string value) => Should.Throw<FormatException>(() => From((key, value))).Message.ShouldContain("options");

    [Fact]
    public void Every_threshold_can_be_set()
    {
        var settings = From(("desk:options:position:vetoPoints", "30"), ("desk:options:entryTime", "10:30"), ("desk:options:every", "00:05:00"), ("desk:options:scores:sellFrom", "75"));
        (settings.Position.VetoPoints, settings.EntryTime, settings.Every, settings.Scores.SellFrom).ShouldBe((30, new TimeOnly(10, 30), TimeSpan.FromMinutes(5), 75));
    }

    private static OptionsSettings From(params (string Key, string Value)[] values) =>
        DeskMonitorOptions.From(new ConfigurationBuilder().AddInMemoryCollection(values.ToDictionary(pair => pair.Key, pair => (string?)pair.Value)).Build()).Options;
}
