using Headgate.Gateway.Configuration;

namespace Headgate.Gateway.Tests.Configuration;

public sealed class ProviderProfilesTests
{
    [Fact]
    public void A_profile_is_chosen_by_environment_variable_with_an_underscore_for_a_hyphen()
    {
        var profiles = ProviderProfiles.Read(GatewayConfiguration.Build(
            [new("HEADGATE_PROVIDERS__QUESTRADE__PROFILE", "relaxed"), new("HEADGATE_PROVIDERS__COINBASE_ADVANCED__PROFILE", "x"), new("HEADGATE_PROVIDERS__KITE__BASEURL", "http://x")], file: null));
        profiles["questrade"].ShouldBe("relaxed");
        profiles["coinbase-advanced"].ShouldBe("x");
        profiles.ContainsKey("kite").ShouldBeFalse();
    }
}
