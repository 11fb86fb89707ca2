using System.Net;
using System.Text.Json;

namespace Headgate.EndToEnd.Tests.Gates;

/// <summary>A real <c>headgate serve</c> on ports and a data directory of the test's own.</summary>
internal sealed class GateProcess : IAsyncDisposable
{
    // A cold start on a busy machine of two cores compiles everything it runs; a start that takes longer than this is broken.
    private static readonly TimeSpan StartMax = TimeSpan.FromSeconds(60);

    private readonly ChildProcess _process;

    private GateProcess(ChildProcess process, Uri address, string dataDirectory)
    {
        _process = process;
        Address = address;
        DataDirectory = dataDirectory;
        Http = new HttpClient(new SocketsHttpHandler { UseProxy = false, AllowAutoRedirect = false, UseCookies = false })
        {
            BaseAddress = address,
            Timeout = TimeSpan.FromSeconds(120),
        };
    }

    /// <summary>The command as it is built beside the tests, in their configuration.</summary>
    public static string Executable { get; } = Repository.Path(
        "src", "Headgate.Cli", "bin", new DirectoryInfo(AppContext.BaseDirectory).Parent!.Name, "net10.0", OperatingSystem.IsWindows() ? "headgate.exe" : "headgate");

    public Uri Address { get; }

    public string DataDirectory { get; }

    /// <summary>A client of the gate; sends no credential by itself.</summary>
    public HttpClient Http { get; }

    public ChildProcess Process => _process;

    /// <summary>Starts and waits until it says that it listens.</summary>
    public static async Task<GateProcess> StartAsync(
        string dataDirectory, IEnumerable<string> arguments, IReadOnlyDictionary<string, string?>? environment = null, int? port = null)
    {
        var address = new Uri($"http://127.0.0.1:{port ?? FreePorts.Take()}");
        // Under nohup, as builds often run, a child would inherit that SIGHUP is ignored; env gives it back its meaning and then becomes the gate.
        var process = ChildProcess.Start("env", ["--default-signal=HUP", Executable, "serve", "--data-dir", dataDirectory, .. arguments], Environment(address, environment));
        try
        {
            await process.UntilLineAsync("headgate listens on", StartMax);
        }
        catch
        {
            await process.DisposeAsync();
            throw;
        }

        return new GateProcess(process, address, dataDirectory);
    }

    /// <summary>Settings of a gate whose Kite is this upstream.</summary>
    public static Dictionary<string, string?> Upstream(Uri kite) => new(StringComparer.Ordinal) { ["HEADGATE_PROVIDERS__KITE__BASEURL"] = kite.ToString() };

    public static Dictionary<string, string?> Environment(Uri address, IReadOnlyDictionary<string, string?>? more = null)
    {
        var environment = new Dictionary<string, string?>(StringComparer.Ordinal)
        {
            ["HEADGATE_URL"] = address.GetLeftPart(UriPartial.Authority),
            ["ASPNETCORE_URLS"] = null,
            ["HEADGATE_DATADIR"] = null,
            ["DOTNET_ENVIRONMENT"] = null,
        };
        foreach (var (name, value) in more ?? new Dictionary<string, string?>(StringComparer.Ordinal))
        {
            environment[name] = value;
        }

        return environment;
    }

    /// <summary>Runs another command against this gate's data directory and reads its JSON.</summary>
    public async Task<JsonElement> JsonOfAsync(params string[] command)
    {
        var result = await RunAsync([.. command, "--json"]);
        result.ExitCode.ShouldBe(0, result.ToString());
        using var document = JsonDocument.Parse(result.Output);
        return document.RootElement.Clone();
    }

    public Task<ProcessResult> RunAsync(params string[] command) =>
        ChildProcess.RunAsync(Executable, [.. command, "--data-dir", DataDirectory], StartMax, Environment(Address));

    /// <summary>Asks with a credential of its own, or with none.</summary>
    public async Task<GateAnswer> AskAsync(string target, string? authorization = null, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, target);
        if (authorization is not null)
        {
            request.Headers.TryAddWithoutValidation("Authorization", authorization);
        }

        foreach (var (name, value) in headers)
        {
            request.Headers.TryAddWithoutValidation(name, value);
        }

        using var response = await Http.SendAsync(request);
        var all = response.Headers.Concat(response.Content.Headers).ToDictionary(header => header.Key, header => string.Join(", ", header.Value), StringComparer.OrdinalIgnoreCase);
        return new GateAnswer(response.StatusCode, all, await response.Content.ReadAsStringAsync());
    }

    public void KillHard() => _process.KillHard();

    public async Task<ProcessResult> TerminateAsync()
    {
        await _process.TerminateAsync();
        return await _process.WaitAsync(TimeSpan.FromSeconds(20));
    }

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        await _process.DisposeAsync();
    }
}

/// <summary>An answer read to its end.</summary>
internal sealed record GateAnswer(HttpStatusCode Status, IReadOnlyDictionary<string, string> Headers, string Body)
{
    public JsonElement Json => JsonDocument.Parse(Body).RootElement;

    public string? Header(string name) => Headers.GetValueOrDefault(name);

    public override string ToString() => $"{(int)Status} {string.Join("; ", Headers.Select(header => $"{header.Key}: {header.Value}"))}\n{Body}";
}
