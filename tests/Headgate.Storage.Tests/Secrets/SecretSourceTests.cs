using Headgate.Storage.Sqlite;

namespace Headgate.Storage.Tests.Secrets;

public sealed class SecretSourceTests : IDisposable
{
    private readonly TempDirectory _temp = new();

    private string FilePath => _temp.Of("secrets");

    public void Dispose() => _temp.Dispose();

    [Fact]
    public void The_environment_wins_over_the_file()
    {
        var file = new FileSecretSource(FilePath);
        file.Set("finnhub.key", "from file");
        file.Set("newsapi.key", "only file");
        var environment = new EnvironmentSecretSource(read: name => name == "HEADGATE_SECRETS__FINNHUB_KEY" ? "from environment" : null);
        var both = new SecretSources(environment, file);

        both.Find("finnhub.key").ShouldBe("from environment");
        both.Find("newsapi.key").ShouldBe("only file");
        both.Find("absent").ShouldBeNull();
    }

    [Fact]
    public void An_older_variable_name_serves_when_the_own_one_is_absent_or_empty()
    {
        var variables = new Dictionary<string, string> { ["HEADGATE_SECRETS__A"] = "", ["ALPHA_VANTAGE_API_KEY"] = "old" };
        var source = new EnvironmentSecretSource(new Dictionary<string, string> { ["a"] = "ALPHA_VANTAGE_API_KEY" }, variables.GetValueOrDefault);

        source.Find("a").ShouldBe("old");

        variables["HEADGATE_SECRETS__A"] = "new";
        source.Find("a").ShouldBe("new");
    }

    [Theory]
    [InlineData("ALPHA_VANTAGE_API_KEY")]
    [InlineData("FINNHUB_API_KEY")]
    [InlineData("NEWSAPI_KEY")]
    [InlineData("QUESTRADE_REFRESH_TOKEN")]
    [InlineData("CRYPTOMETER_API_KEY")]
    public void The_systems_replaced_find_their_secrets_under_their_own_names_behind_ours(string name)
    {
        var variables = new Dictionary<string, string> { [name] = "old" };
        var source = new EnvironmentSecretSource(LegacySecrets.Variables, variables.GetValueOrDefault);
        (source.Find(name), source.SourceOf(name)).ShouldBe(("old", name));
        variables[$"HEADGATE_SECRETS__{name}"] = "new";
        (source.Find(name), source.SourceOf(name)).ShouldBe(("new", $"HEADGATE_SECRETS__{name}"));
        source.Find("KITE_AUTHORIZATION").ShouldBeNull();
    }

    [Fact]
    public void What_was_set_is_private_and_found_by_the_next_process()
    {
        var source = new FileSecretSource(FilePath);
        source.Set("kite.secret", "a=b=c");
        source.Set("gone", "x");
        source.Set("gone", null);

        var reopened = new FileSecretSource(FilePath);
        reopened.Find("KITE.secret").ShouldBe("a=b=c");
        reopened.Names.ShouldBe(["kite.secret"]);
        if (!OperatingSystem.IsWindows())
        {
            File.GetUnixFileMode(FilePath).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite);
        }
    }

    [Theory]
    [InlineData(UnixFileMode.GroupRead)]
    [InlineData(UnixFileMode.OtherRead)]
    [InlineData(UnixFileMode.OtherWrite)]
    public void A_file_others_may_touch_is_refused(UnixFileMode foreign)
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        File.WriteAllText(FilePath, "a = hidden\n");
        File.SetUnixFileMode(FilePath, UnixFileMode.UserRead | UnixFileMode.UserWrite | foreign);

        var error = Should.Throw<SecretFileException>(() => new FileSecretSource(FilePath));

        error.Message.ShouldContain("chmod 600");
        error.Message.ShouldNotContain("hidden");
    }

    [Fact]
    public void A_bad_line_is_named_without_its_content()
    {
        PrivateFile.Replace(FilePath, "# comment\n\nok = 1\nhidden-secret-alone\n"u8);

        var error = Should.Throw<SecretFileException>(() => new FileSecretSource(FilePath));

        error.Message.ShouldContain($"{FilePath}:4");
        error.Message.ShouldNotContain("hidden-secret");
    }

    [Theory]
    [InlineData("", "v")]
    [InlineData("a b", "v")]
    [InlineData("a", "")]
    [InlineData("a", "two\nlines")]
    [InlineData("a", " blank")]
    public void What_cannot_stand_in_the_file_is_refused(string name, string value) =>
        Should.Throw<SecretFileException>(() => new FileSecretSource(FilePath).Set(name, value));
}
