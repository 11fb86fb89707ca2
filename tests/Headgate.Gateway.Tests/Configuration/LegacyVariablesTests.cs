using Headgate.Gateway.Configuration;

namespace Headgate.Gateway.Tests.Configuration;

public sealed class LegacyVariablesTests
{
    [Theory]
    [InlineData("redis://:secret@cache:6379/0", "REDIS_URL (redis://***@cache:6379/0)")]
    [InlineData("rediss://cache.example:6380?password=secret", "REDIS_URL (rediss://cache.example:6380)")]
    [InlineData("cache,password=secret", "REDIS_URL (not an address)")]
    public void A_redis_address_is_told_once_without_what_opens_it(string url, string told)
    {
        var note = LegacyVariables.Notes(name => name is "REDIS_URL" ? url : null, "/data").ShouldHaveSingleItem();
        note.ShouldStartWith($"{told} is not used while the embedded store serves: budgets and entries are kept in /data");
        note.ShouldNotContain("secret");
    }

    [Theory]
    [InlineData("QUESTRADE_ALLOW_TRADING", "true", "only reads from Questrade")]
    [InlineData("QUESTRADE_PRACTICE_MODE", "true", "under the gate's own login")]
    [InlineData("QUESTRADE_DEMO_MODE", "false", "--demo")]
    public void What_was_set_for_questrade_is_answered(string variable, string value, string told) =>
        LegacyVariables.Notes(name => name == variable ? value : null, "/data").ShouldHaveSingleItem().ShouldContain(told);

    [Fact]
    public void Trading_that_was_off_needs_no_note() => LegacyVariables.Notes(name => name is "QUESTRADE_ALLOW_TRADING" ? "false" : null, "/data").ShouldBeEmpty();

    [Fact]
    public void Host_port_and_database_are_told_in_one_sentence_with_the_defaults_of_the_rest() =>
        LegacyVariables.Notes(name => name is "REDIS_DB" ? "3" : null, "/data").ShouldHaveSingleItem().ShouldContain("(localhost:6379 database 3)");

    [Fact]
    public void A_cache_directory_is_told_only_where_it_is_not_the_one_in_use()
    {
        LegacyVariables.Notes(name => name is "KINGFISHER_CACHE_DIR" ? "/var/cache/kingfisher" : null, "/var/cache/kingfisher/headgate").ShouldBeEmpty();
        LegacyVariables.Notes(name => name is "KINGFISHER_CACHE_DIR" ? "/var/cache/kingfisher" : null, "/srv/headgate").ShouldHaveSingleItem().ShouldContain("KINGFISHER_CACHE_DIR");
        LegacyVariables.Notes(_ => null, "/srv/headgate").ShouldBeEmpty();
    }
}
