using BenchmarkDotNet.Running;
using Headgate.Benchmarks;

if (args is ["memory", ..])
{
    return EntryMemory.Run(args.Length > 1 ? int.Parse(args[1]) : 1_000_000);
}

if (args is ["release", ..])
{
    return WaiterRelease.Run();
}

if (args is ["strategies", ..])
{
    return await StrategySpeed.RunAsync(args.Length > 1 ? args[1] : null);
}

BenchmarkSwitcher.FromAssembly(typeof(BenchWorld).Assembly).Run(args);
return 0;
