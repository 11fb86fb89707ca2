using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Net.Sockets;
using System.Text.Json;
using Headgate.Strategies.Api;
using Headgate.Strategies.Runs;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Headgate.Strategies.Cli;

/// <summary>
/// The platform's API for one command: a running gate's, or the same endpoints served in this process on a private Unix socket when none runs.
/// Both ways the command sees the same answers.
/// </summary>
internal sealed class PlatformConnection : IAsyncDisposable
{
    private readonly HttpClient _http;
    private readonly WebApplication? _app;
    private readonly string? _socketFolder;

    private PlatformConnection(HttpClient http, WebApplication? app, string? socketFolder)
    {
        _http = http;
        _app = app;
        _socketFolder = socketFolder;
    }

    /// <param name="url">A gate that must answer; null asks the one that holds the data directory, and opens the files when there is none.</param>
    /// <param name="dataDirectory">The gate's data directory.</param>
    /// <param name="runJobs">Whether a platform of this process executes jobs; only a command that waits for one wants that.</param>
    public static async Task<PlatformConnection> OpenAsync(string? url, string dataDirectory, bool runJobs, CliContext context, CancellationToken cancellation)
    {
        var address = url ?? context.FindGate?.Invoke(dataDirectory);
        if (address is not null)
        {
            if (!Uri.TryCreate(address, UriKind.Absolute, out var uri) || uri.Scheme is not ("http" or "https"))
            {
                throw new CliException(ExitCode.Usage, $"'{address}' is not an http address");
            }

            var http = new HttpClient(new SocketsHttpHandler { UseProxy = false, AllowAutoRedirect = false, UseCookies = false }) { BaseAddress = uri, Timeout = TimeSpan.FromHours(1) };
            if (Environment.GetEnvironmentVariable("HEADGATE_ADMIN_TOKEN") is { Length: > 0 } token)
            {
                http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
            }

            if (await AnswersAsync(http, context, cancellation))
            {
                return new PlatformConnection(http, null, null);
            }

            http.Dispose();
            if (url is not null)
            {
                throw new CliException(ExitCode.Unreachable, $"nothing answers at {url}");
            }
        }

        return await OpenLocalAsync(Path.Combine(dataDirectory, CommonOptions.Folder), runJobs, context, cancellation);
    }

    public Task<JsonElement> GetAsync(string path, CancellationToken cancellation) => SendAsync(HttpMethod.Get, path, null, cancellation);

    public Task<JsonElement> PostAsync(string path, object body, CancellationToken cancellation) => SendAsync(HttpMethod.Post, path, body, cancellation);

    public Task<JsonElement> DeleteAsync(string path, CancellationToken cancellation) => SendAsync(HttpMethod.Delete, path, null, cancellation);

    public async Task<byte[]> DownloadAsync(string path, CancellationToken cancellation)
    {
        using var response = await _http.GetAsync(path, cancellation);
        await ThrowIfProblemAsync(response, cancellation);
        return await response.Content.ReadAsByteArrayAsync(cancellation);
    }

    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        if (_app is not null)
        {
            await _app.StopAsync();
            await _app.DisposeAsync();
        }

        if (_socketFolder is not null)
        {
            Directory.Delete(_socketFolder, recursive: true);
        }
    }

    private async Task<JsonElement> SendAsync(HttpMethod method, string path, object? body, CancellationToken cancellation)
    {
        using var request = new HttpRequestMessage(method, path) { Content = body is null ? null : JsonContent.Create(body) };
        using var response = await _http.SendAsync(request, cancellation);
        await ThrowIfProblemAsync(response, cancellation);
        return await response.Content.ReadFromJsonAsync<JsonElement>(cancellation);
    }

    private static async Task ThrowIfProblemAsync(HttpResponseMessage response, CancellationToken cancellation)
    {
        if (response.IsSuccessStatusCode)
        {
            return;
        }

        var text = await response.Content.ReadAsStringAsync(cancellation);
        var detail = text;
        try
        {
            detail = JsonSerializer.Deserialize<JsonElement>(text).TryGetProperty("detail", out var found) ? found.ToString() : text;
        }
        catch (JsonException)
        {
            // Not this platform's answer; its text is all there is to say.
        }

        throw new CliException((int)response.StatusCode switch { 404 => ExitCode.NotFound, 400 or 422 => ExitCode.Usage, _ => ExitCode.Failed }, detail);
    }

    private static async Task<bool> AnswersAsync(HttpClient http, CliContext context, CancellationToken cancellation)
    {
        try
        {
            using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(10), context.Time);
            using var both = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellation);
            using var response = await http.GetAsync("/api/v1/cache/health", both.Token);
            return response.IsSuccessStatusCode;
        }
        catch (Exception away) when (away is HttpRequestException or OperationCanceledException && !cancellation.IsCancellationRequested)
        {
            return false;
        }
    }

    private static async Task<PlatformConnection> OpenLocalAsync(string folder, bool runJobs, CliContext context, CancellationToken cancellation)
    {
        // The temporary folder is created for this user alone, so nobody else reaches the socket.
        var socketFolder = Directory.CreateTempSubdirectory("headgate-").FullName;
        var socket = Path.Combine(socketFolder, "s");
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseKestrel(k => k.ListenUnixSocket(socket));
        builder.Services.AddProblemDetails();
        builder.Services.AddSingleton(context.Time);
        builder.Services.AddStrategyPlatform(new StrategyPlatformOptions
        {
            DataDirectory = folder, RunJobs = runJobs,
            DefinitionFolder = Path.Combine(folder, "definitions"), PluginFolder = Path.Combine(folder, "plugins"),
        });
        var app = builder.Build();
        app.MapStrategyPlatform();
        await app.StartAsync(cancellation);
        var http = new HttpClient(new SocketsHttpHandler
        {
            ConnectCallback = async (_, token) =>
            {
                var connection = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
                await connection.ConnectAsync(new UnixDomainSocketEndPoint(socket), token);
                return new NetworkStream(connection, ownsSocket: true);
            },
        })
        {
            BaseAddress = new Uri("http://localhost"), Timeout = TimeSpan.FromHours(1),
        };
        return new PlatformConnection(http, app, socketFolder);
    }
}
