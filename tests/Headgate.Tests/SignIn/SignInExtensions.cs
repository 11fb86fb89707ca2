using Headgate.Simulation;
using Headgate.Upstreams;

namespace Headgate.Tests.SignIn;

internal static class SignInExtensions
{
    public static LedgerDisk Ledger(this SignInWorld _, SignInWorld.Gate gate) => gate.Ledger.Disk;

    /// <summary>Arrivals that broke this rule.</summary>
    public static int ViolationsOf(this TwinCounters counters, string rule) => counters.Log().Count(arrival => arrival.BrokenRule == rule);
}
