using Headgate.Storage.Sqlite;

namespace Headgate.Storage.Tests.Directories;

public sealed class DataDirectoryTests : IDisposable
{
    private readonly TempDirectory _temp = new();
    private readonly ManualTime _time = new();

    private string Root => _temp.Of("data");

    public void Dispose() => _temp.Dispose();

    [Theory]
    [InlineData("HEADGATE_DATADIR=/a CRYPTOMETER_CACHE_DIR=/b", "/a")]
    [InlineData("CRYPTOMETER_CACHE_DIR=/b KINGFISHER_CACHE_DIR=/c", "/b/headgate")]
    [InlineData("KINGFISHER_CACHE_DIR=/c", "/c/headgate")]
    [InlineData("HEADGATE_DATADIR= CRYPTOMETER_CACHE_DIR=", "data")]
    public void Without_a_name_it_lies_where_the_own_variable_says_else_below_an_older_cache_s(string variables, string expected)
    {
        var set = variables.Split(' ').Select(variable => variable.Split('=')).ToDictionary(pair => pair[0], pair => pair[1]);
        DataDirectory.DefaultPath(set.GetValueOrDefault).ShouldBe(expected);
    }

    [Fact]
    public void It_is_made_private_and_so_is_what_is_missing_above_it()
    {
        var below = Path.Combine(Root, "demo");
        using var directory = DataDirectory.Open(below, _time);

        directory.Root.ShouldBe(below);
        if (!OperatingSystem.IsWindows())
        {
            const UnixFileMode mine = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;
            (File.GetUnixFileMode(below), File.GetUnixFileMode(Root)).ShouldBe((mine, mine));
        }
    }

    [Fact]
    public void A_second_opening_is_refused_naming_the_owner()
    {
        using var directory = DataDirectory.Open(Root, _time);
        directory.Announce("http://127.0.0.1:7070");

        var error = Should.Throw<DataDirectoryLockedException>(() => DataDirectory.Open(Root, _time));

        error.Owner.ShouldBe(new DataDirectoryOwner(Environment.ProcessId, _time.Now, "http://127.0.0.1:7070"));
        error.Message.ShouldContain($"process {Environment.ProcessId}, since 2026-11-20 10:00:00 UTC, at http://127.0.0.1:7070");
    }

    [Fact]
    public void Another_process_is_refused_until_the_owner_is_killed()
    {
        using var host = new CrashHost("hold", Root);
        host.ReadLine().ShouldBe("held");

        var error = Should.Throw<DataDirectoryLockedException>(() => DataDirectory.Open(Root, _time));
        error.Owner!.ProcessId.ShouldBe(host.ProcessId);
        error.Owner.Url.ShouldBe("http://127.0.0.1:7071");
        DataDirectory.FindOwner(Root)!.ProcessId.ShouldBe(host.ProcessId);

        host.Kill();

        DataDirectory.FindOwner(Root).ShouldBeNull("the lock file is still there, its owner is not");
        using var directory = DataDirectory.Open(Root, _time);
        directory.Owner.ProcessId.ShouldBe(Environment.ProcessId);
    }

    [Fact]
    public void It_can_be_opened_again_after_it_was_closed()
    {
        DataDirectory.Open(Root, _time).Dispose();

        using var directory = DataDirectory.Open(Root, _time);

        DataDirectory.FindOwner(Root)!.ProcessId.ShouldBe(Environment.ProcessId);
    }

    [Fact]
    public void A_directory_that_does_not_exist_has_no_owner() => DataDirectory.FindOwner(_temp.Of("absent")).ShouldBeNull();

    [Theory]
    [InlineData("/proc/headgate-data")]
    [InlineData("/proc/self")]
    public void A_place_that_cannot_be_written_is_named(string path)
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        Should.Throw<DataDirectoryException>(() => DataDirectory.Open(path, _time)).Message.ShouldContain(path);
    }

    [Fact]
    public void The_hash_key_is_private_and_keeps_identities_across_restarts()
    {
        IdentityHash first;
        using (var directory = DataDirectory.Open(Root, _time))
        {
            first = directory.OpenHasher().Hash("token abc");
        }

        using var reopened = DataDirectory.Open(Root, _time);
        reopened.OpenHasher().Hash("token abc").ShouldBe(first);
        File.ReadAllBytes(reopened.PathOf("hash.key")).Length.ShouldBe(32);
        if (!OperatingSystem.IsWindows())
        {
            File.GetUnixFileMode(reopened.PathOf("hash.key")).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite);
        }
    }

    [Fact]
    public void A_hash_key_others_can_read_or_of_the_wrong_length_is_refused()
    {
        using var directory = DataDirectory.Open(Root, _time);
        directory.OpenHasher();
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(directory.PathOf("hash.key"), UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead);
            Should.Throw<DataDirectoryException>(directory.OpenHasher).Message.ShouldContain("chmod 600");
            File.SetUnixFileMode(directory.PathOf("hash.key"), UnixFileMode.UserRead | UnixFileMode.UserWrite);
        }

        File.WriteAllBytes(directory.PathOf("hash.key"), new byte[16]);
        Should.Throw<DataDirectoryException>(directory.OpenHasher).Message.ShouldContain("16 bytes instead of 32");
    }

    [Fact]
    public void The_boot_id_stays_the_same_within_a_process() => BootId.Read().ShouldBe(BootId.Read());
}
