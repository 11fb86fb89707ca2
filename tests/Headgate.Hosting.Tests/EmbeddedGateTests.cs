using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Headgate.Gateway.Embedding;
using Headgate.Storage.Sqlite;
using Headgate.Upstreams.Faults;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Headgate.Hosting.Tests;

public sealed class EmbeddedGateTests
{
    [Fact]
    public async Task A_client_keeps_the_provider_s_base_url_and_gets_the_edge_s_headers()
    {
        await using var world = await EmbeddedWorld.StartAsync();
        using var client = world.Client();
        client.BaseAddress.ShouldBe(new Uri("https://api.kite.trade/"));

        using var miss = await client.GetAsync("https://api.kite.trade/quote?i=NSE:INFY");
        miss.StatusCode.ShouldBe(HttpStatusCode.OK);
        miss.Headers.GetValues("Cache-Status").Single().ShouldStartWith("headgate; fwd=");
        miss.Content.Headers.ContentType!.MediaType.ShouldBe("application/json");
        miss.Headers.Contains("RateLimit").ShouldBeTrue();

        client.DefaultRequestHeaders.CacheControl = new CacheControlHeaderValue { MaxAge = TimeSpan.FromSeconds(60) };
        using var hit = await client.GetAsync("quote?i=NSE:INFY");
        hit.Headers.GetValues("Cache-Status").Single().ShouldStartWith("headgate; hit");
        hit.Headers.Age.ShouldNotBeNull();
        hit.Headers.ETag.ShouldNotBeNull();
        (await hit.Content.ReadAsStringAsync()).ShouldBe(await miss.Content.ReadAsStringAsync());
        world.Kite.Counters.Arrivals.ShouldBe(1);
    }

    [Fact]
    public async Task A_context_whose_only_thread_blocks_on_the_answer_is_answered()
    {
        await using var world = await EmbeddedWorld.StartAsync();
        using var client = world.Client();
        var (body, posts) = SingleThread.Run(
            context =>
            {
                // The start of the gate, a miss, a hit and a synchronous send, each waited for as deadlocks are made.
                client.GetStringAsync("quote?i=NSE:INFY").Result.Length.ShouldBeGreaterThan(0);
                var text = client.GetAsync("quote?i=NSE:INFY").Result.Content.ReadAsStringAsync().Result;
                using var request = new HttpRequestMessage(HttpMethod.Get, "quote?i=NSE:INFY");
                client.Send(request).StatusCode.ShouldBe(HttpStatusCode.OK);
                world.Services.Dispose();
                return (text, context.Posts);
            },
            TimeSpan.FromSeconds(30));
        body.ShouldContain("NSE:INFY");
        posts.ShouldBe(0);
    }

    [Fact]
    public async Task A_scheduler_that_runs_one_task_at_a_time_does_not_hold_the_engine_up()
    {
        await using var world = await EmbeddedWorld.StartAsync();
        using var client = world.Client();
        var alone = new ConcurrentExclusiveSchedulerPair().ExclusiveScheduler;
        var status = await Task.Factory.StartNew(() => client.GetAsync("quote?i=NSE:TCS").Result.StatusCode, CancellationToken.None, TaskCreationOptions.None, alone)
            .WaitAsync(TimeSpan.FromSeconds(30));
        status.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task A_refusal_is_the_gate_s_problem_with_the_moment_to_come_back()
    {
        await using var world = await EmbeddedWorld.StartAsync();
        using var client = world.Client();
        world.Kite.Faults.Script("quote", TwinFault.Limited(TimeSpan.FromSeconds(30)));
        (await client.GetAsync("quote?i=NSE:INFY")).StatusCode.ShouldBe(HttpStatusCode.TooManyRequests);
        using var refused = await client.GetAsync("quote?i=NSE:TCS");
        refused.StatusCode.ShouldBe(HttpStatusCode.TooManyRequests);
        refused.Content.Headers.ContentType!.MediaType.ShouldBe("application/problem+json");
        refused.Headers.RetryAfter!.Delta!.Value.TotalSeconds.ShouldBeInRange(25, 31);
        using var problem = JsonDocument.Parse(await refused.Content.ReadAsStringAsync());
        problem.RootElement.GetProperty("error_type").GetString().ShouldBe("NetworkException");
        world.Kite.Counters.Arrivals.ShouldBe(1);
    }

    [Fact]
    public async Task A_write_arrives_once_with_its_body()
    {
        await using var world = await EmbeddedWorld.StartAsync();
        using var client = world.Client();
        using var order = new FormUrlEncodedContent([new("exchange", "NSE"), new("tradingsymbol", "INFY"), new("transaction_type", "BUY"), new("order_type", "MARKET"), new("quantity", "1"), new("product", "CNC"), new("validity", "DAY")]);
        using var placed = await client.PostAsync("orders/regular", order);
        var arrival = world.Kite.Counters.Log().ShouldHaveSingleItem(await placed.Content.ReadAsStringAsync());
        Encoding.UTF8.GetString(arrival.Request.Body.Span).ShouldContain("tradingsymbol=INFY");
        ((int)placed.StatusCode).ShouldBe(arrival.Status);
    }

    [Fact]
    public async Task A_large_body_streams_and_may_be_left_half_read()
    {
        await using var world = await EmbeddedWorld.StartAsync();
        using var client = world.Client();
        using (var response = await client.GetAsync("instruments", HttpCompletionOption.ResponseHeadersRead))
        {
            await using var body = await response.Content.ReadAsStreamAsync();
            (await body.ReadAsync(new byte[100])).ShouldBeGreaterThan(0);
        }

        (await client.GetStringAsync("instruments")).Split('\n').Length.ShouldBeGreaterThan(2_000);
        world.Kite.Counters.Arrivals.ShouldBe(1);
    }

    [Fact]
    public async Task A_caller_that_leaves_gets_a_cancellation()
    {
        await using var world = await EmbeddedWorld.StartAsync();
        using var client = world.Client();
        await client.GetAsync("quote?i=NSE:TCS");
        world.Kite.Faults.Script("quote", new TwinFault(TwinFaultKind.Hang));
        using var leave = new CancellationTokenSource();
        var asked = client.GetAsync("quote?i=NSE:INFY", leave.Token);
        await leave.CancelAsync();
        await Should.ThrowAsync<TaskCanceledException>(asked);
    }

    [Fact]
    public async Task A_request_for_another_server_never_reaches_the_provider()
    {
        await using var world = await EmbeddedWorld.StartAsync();
        using var client = world.Client();
        var refused = await Should.ThrowAsync<HttpRequestException>(() => client.GetAsync("https://login.example/quote?i=NSE:INFY"));
        refused.Message.ShouldContain("https://api.kite.trade");
        world.Kite.Counters.Arrivals.ShouldBe(0);
    }

    [Fact]
    public async Task A_handler_over_an_engine_of_one_s_own_needs_no_services()
    {
        await using var world = await EmbeddedWorld.StartAsync();
        var gate = world.Services.GetRequiredService<HeadgateGate>();
        Should.Throw<InvalidOperationException>(() => gate.Engine);
        await gate.StartAsync();
        using var client = new HttpClient(new HeadgateHandler(gate.Engine, "kite", new Uri("https://api.kite.trade")));
        using var request = new HttpRequestMessage(HttpMethod.Get, "https://api.kite.trade/quote?i=NSE:INFY");
        request.Headers.TryAddWithoutValidation("Authorization", Upstreams.Kite.KiteTwin.DemoCredential);
        (await client.SendAsync(request)).StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task The_host_starts_and_stops_the_gate_and_a_taken_directory_stops_the_start()
    {
        await using var world = await EmbeddedWorld.StartAsync();
        var service = world.Services.GetServices<IHostedService>().ShouldHaveSingleItem();
        await service.StartAsync(default);
        world.Services.GetRequiredService<HeadgateGate>().Engine.Catalogue.Find("kite").ShouldNotBeNull();
        await using (var second = await EmbeddedWorld.StartAsync(gate => gate.DataDirectory = world.DataDirectory))
        {
            await Should.ThrowAsync<DataDirectoryLockedException>(() => second.Services.GetServices<IHostedService>().Single().StartAsync(default));
        }

        await service.StopAsync(default);
        DataDirectory.FindOwner(world.DataDirectory).ShouldBeNull();
    }
}
