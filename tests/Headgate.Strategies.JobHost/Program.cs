// A server for the kill test: the platform on a loopback port with one slow strategy. Prints its address, then serves until it is killed.
using System.Net;
using Headgate.Strategies;
using Headgate.Strategies.Api;
using Headgate.Strategies.JobHost;
using Headgate.Strategies.Runs;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

var builder = WebApplication.CreateSlimBuilder();
builder.Logging.ClearProviders();
builder.WebHost.UseKestrel(k => k.Listen(IPAddress.Loopback, 0));
builder.Services.AddProblemDetails();
builder.Services.AddSingleton(new StrategyRegistry([new SlowStrategy()]));
builder.Services.AddStrategyPlatform(new StrategyPlatformOptions { DataDirectory = args[0], JobConcurrency = 4 });
var app = builder.Build();
app.MapStrategyPlatform();
await app.StartAsync();
await Console.Out.WriteLineAsync(app.Urls.Single());
await app.WaitForShutdownAsync();
