using System.CommandLine;

namespace Headgate.Cli.Commands;

/// <summary>What runs in virtual time instead of the world's.</summary>
internal static class SimulateCommand
{
    public static Command Build() => new("simulate", "Run the real engine in virtual time against the emulated upstreams.")
    {
        SimulateSoakCommand.Build(),
        SimulateDayCommand.Build(),
    };
}
