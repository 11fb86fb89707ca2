using Headgate.Gateway.Configuration;
using Microsoft.Extensions.Configuration;

namespace Headgate.Gateway.Tests.Configuration;

public sealed class YamlConfigurationTests : IDisposable
{
    private readonly string _file = Path.GetTempFileName();

    public void Dispose() => File.Delete(_file);

    [Fact]
    public void A_setting_that_left_the_file_is_gone_after_a_reload()
    {
        var settings = Read("desk:\n  crypto:\n    strategy: minimal\n    endpoints:\n      ls_ratio: { ttl: 00:02:00 }\n");
        File.WriteAllText(_file, "DESK:\n  crypto:\n    alerts: true\n");
        settings.Reload();
        settings["desk:crypto:strategy"].ShouldBeNull();
        settings.GetSection("desk:crypto").GetChildren().Select(child => child.Key).ShouldBe(["alerts"]);
        File.WriteAllText(_file, "");
        settings.Reload();
        settings.AsEnumerable().ShouldBeEmpty();
    }

    [Theory]
    [InlineData("desk:\n  crypto:\n    strategy: normal\n  bad: [\n")]
    [InlineData("desk:\n  crypto:\n    strategy: normal\ndeep: [[[[[[[[[[[[[[[[[[1]]]]]]]]]]]]]]]]]]\n")]
    public void A_file_with_an_error_leaves_every_setting_as_it_was(string wrong)
    {
        var settings = Read("desk:\n  crypto:\n    strategy: minimal\n");
        File.WriteAllText(_file, wrong);
        Should.Throw<FormatException>(settings.Reload).Message.ShouldContain(_file);
        settings["desk:crypto:strategy"].ShouldBe("minimal");
    }

    private IConfigurationRoot Read(string yaml)
    {
        File.WriteAllText(_file, yaml);
        return new ConfigurationBuilder().Add(new YamlConfigurationSource(_file)).Build();
    }
}
