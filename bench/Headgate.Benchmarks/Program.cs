using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Jobs;
using BenchmarkDotNet.Running;
using Perfolizer.Horology;
using BenchmarkDotNet.Toolchains.InProcess.Emit;
using Headgate.Benchmarks;
using Headgate.Benchmarks.Http;

if (args is ["memory", ..])
{
    return EntryMemory.Run(args.Length > 1 ? int.Parse(args[1]) : 1_000_000);
}

if (args is ["release", ..])
{
    return WaiterRelease.Run();
}

if (args is ["hits"])
{
    return await HitRounds.RunAsync();
}

if (args is ["misses"])
{
    return MissRounds.Run();
}

if (args is ["strategies", ..])
{
    return await StrategySpeed.RunAsync(args.Length > 1 ? args[1] : null);
}

if (args is ["http", ..])
{
    return await HttpBench.RunAsync(args[1..]);
}

// In process: the generated project of the default toolchain would be built under this repository's own rules (warnings as errors, central versions).
var config = DefaultConfig.Instance.AddJob(Job.ShortRun.WithIterationCount(25).WithIterationTime(TimeInterval.FromMilliseconds(100)).WithToolchain(InProcessEmitToolchain.Instance));
BenchmarkSwitcher.FromAssembly(typeof(BenchWorld).Assembly).Run(args, config);
return 0;
