using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Headgate.Strategies.Api;
using Headgate.Strategies.Runs;
using Headgate.Strategies.Store;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Headgate.Strategies.Tests.Runs;

/// <summary>The platform behind a real loopback socket.</summary>
internal sealed class PlatformHost : IAsyncDisposable
{
    private readonly WebApplication _app;

    private PlatformHost(WebApplication app, ProbeStrategy probe)
    {
        _app = app;
        Probe = probe;
        Client = new HttpClient { BaseAddress = new Uri(app.Urls.Single()), Timeout = TimeSpan.FromSeconds(60) };
    }

    public HttpClient Client { get; }

    public ProbeStrategy Probe { get; }

    public IServiceProvider Services => _app.Services;

    public static async Task<PlatformHost> StartAsync(TempFolder folder, IDailySeriesSource? data = null, Action<StrategyPlatformOptions>? configure = null)
    {
        var probe = new ProbeStrategy();
        var options = new StrategyPlatformOptions { DataDirectory = folder.File("strategies"), RetryDelaysSeconds = [0, 0, 0] };
        configure?.Invoke(options);
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseKestrel(k => k.Listen(IPAddress.Loopback, 0));
        builder.Services.AddProblemDetails();
        builder.Services.AddSingleton(new StrategyRegistry([.. StrategyRegistry.Load().All, probe]));
        if (data is not null)
        {
            builder.Services.AddSingleton(data);
        }

        builder.Services.AddOpenApi(o => o.AddStrategyPlatform());
        builder.Services.AddStrategyPlatform(options);
        var app = builder.Build();
        app.MapStrategyPlatform();
        app.MapOpenApi();
        await app.StartAsync();
        return new PlatformHost(app, probe);
    }

    public async Task<JsonElement> GetAsync(string path, HttpStatusCode expected = HttpStatusCode.OK)
    {
        using var response = await Client.GetAsync(path);
        return await ReadAsync(response, expected);
    }

    public async Task<JsonElement> PostAsync(string path, object? body = null, HttpStatusCode expected = HttpStatusCode.OK)
    {
        using var response = await Client.PostAsJsonAsync(path, body ?? new { });
        return await ReadAsync(response, expected);
    }

    public Task<JsonElement> ExecuteAsync(string strategy, object? parameters = null, bool useCache = true, bool isAsync = false, HttpStatusCode expected = HttpStatusCode.OK) =>
        PostAsync("/api/v1/execute", new { strategy_name = strategy, parameters = parameters ?? new { }, use_cache = useCache, async_execution = isAsync }, expected);

    /// <summary>Asks for the job until it has ended, or the given state is reached.</summary>
    public async Task<JsonElement> JobAsync(string id, params string[] until)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        using var pace = new PeriodicTimer(TimeSpan.FromMilliseconds(10));
        while (await pace.WaitForNextTickAsync(limit.Token))
        {
            var job = await GetAsync($"/api/v1/jobs/{id}");
            if (until.Contains(job.GetProperty("status").GetString()))
            {
                return job;
            }
        }

        throw new TimeoutException();
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await _app.StopAsync();
        await _app.DisposeAsync();
    }

    private static async Task<JsonElement> ReadAsync(HttpResponseMessage response, HttpStatusCode expected)
    {
        var text = await response.Content.ReadAsStringAsync();
        response.StatusCode.ShouldBe(expected, text);
        if ((int)expected >= 400)
        {
            response.Content.Headers.ContentType!.MediaType.ShouldBe("application/problem+json");
        }

        return JsonSerializer.Deserialize<JsonElement>(text);
    }
}
