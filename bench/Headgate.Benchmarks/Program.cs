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

BenchmarkSwitcher.FromAssembly(typeof(BenchWorld).Assembly).Run(args);
return 0;
