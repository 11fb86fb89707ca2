using Headgate.Strategies.Runs;
using Headgate.Strategies.Runs.Cache;
using Headgate.Strategies.Runs.Jobs;
using Headgate.Strategies.Store;
using Headgate.Strategies.Store.Import;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Quartz;

namespace Headgate.Strategies.Api;

/// <summary>Registers the strategy platform.</summary>
public static class StrategyPlatformServices
{
    /// <summary>
    /// Adds stores, strategies, cache, metrics and the job queue. A <see cref="TimeProvider"/> and an <see cref="IDailySeriesSource"/> registered
    /// before are used; else the system clock and the bhavcopy store of the data directory.
    /// </summary>
    /// <exception cref="InvalidDataException">A user's strategy cannot be loaded; the message names the file.</exception>
    public static IServiceCollection AddStrategyPlatform(this IServiceCollection services, StrategyPlatformOptions options)
    {
        Directory.CreateDirectory(options.DataDirectory);
#pragma warning disable RS0030 // The composition root names the system clock.
        services.TryAddSingleton(TimeProvider.System);
#pragma warning restore RS0030
        services.AddSingleton(options);
        AddRegistry(services, options);
        services.TryAddSingleton(_ => BhavcopyStore.Open(Path.Combine(options.DataDirectory, "bhavcopy.db")));
        services.TryAddSingleton<IDailySeriesSource>(s => s.GetRequiredService<BhavcopyStore>());
        services.AddSingleton<Importer>();
        services.AddSingleton(s => new RunStore(Path.Combine(options.DataDirectory, "runs.db"), s.GetRequiredService<TimeProvider>()));
        services.AddSingleton<JobStore>();
        services.AddSingleton<JobQueue>();
        services.AddSingleton<MetricsRegistry>();
        services.AddSingleton<StrategyRunner>();
        services.AddSingleton<RunService>();
        services.TryAddSingleton(s => CreateCache(s, options));
        AddQuartz(services, options);
        services.AddSingleton<PlatformReadiness>();
        services.AddSingleton<JobRecovery>();
        services.AddHostedService<JobHost>();
        return services;
    }

    // What a user added stops the start when it is wrong; what ships is read when first needed.
    private static void AddRegistry(IServiceCollection services, StrategyPlatformOptions options)
    {
        if (Holds(options.DefinitionFolder, "*.yaml") || Holds(options.PluginFolder, "*.dll"))
        {
            services.TryAddSingleton(StrategyRegistry.Load(options.DefinitionFolder, options.PluginFolder));
        }
        else
        {
            services.TryAddSingleton(_ => StrategyRegistry.Load());
        }
    }

    private static bool Holds(string? folder, string pattern) => Directory.Exists(folder) && Directory.EnumerateFiles(folder, pattern).Any();

    private static IResultCache CreateCache(IServiceProvider services, StrategyPlatformOptions options) => options.Cache switch
    {
        "disabled" => new DisabledResultCache(),
        "redis" => ActivatorUtilities.CreateInstance<RedisResultCache>(services),
        _ => new MemoryResultCache(services.GetRequiredService<TimeProvider>(), TimeSpan.FromSeconds(options.CacheTtlSeconds)),
    };

    private static void AddQuartz(IServiceCollection services, StrategyPlatformOptions options)
    {
        services.AddTransient<StrategyJob>();
        services.AddTransient<CleanUpJob>();
        services.AddQuartz(quartz =>
        {
            quartz.ConfigureScheduler(s => s.InstanceName = "headgate-strategies");
            quartz.UseDefaultThreadPool(options.JobConcurrency);
            quartz.UsePersistentStore(store =>
            {
                SQLitePCL.Batteries_V2.Init();
                var file = Path.GetFullPath(Path.Combine(options.DataDirectory, "quartz.db"));
                store.UseSqlite(SqliteFactory.Instance, new SqliteConnectionStringBuilder { DataSource = file }.ToString());
                store.UseSystemTextJsonSerializer();
                store.ProvisionSchema();
            });
        });
    }
}
