using System.CommandLine;
using System.CommandLine.Help;
using Headgate.Cli.Api;
using Headgate.Cli.Commands;
using Headgate.Storage.Sqlite;
using Headgate.Strategies.Cli;
using Spectre.Console;

namespace Headgate.Cli;

/// <summary>All commands of <c>headgate</c>.</summary>
internal static class CommandTree
{
    public static RootCommand Build()
    {
        var strategies = new CliContext(AnsiConsole.Console, Console.Error, TimeProvider.System, static directory => GateAddress.OwnerOf(new DirectoryInfo(directory))?.Url);
        var root = new RootCommand("One gate between every bot, monitor and notebook and the rate-limited market-data APIs they ask.")
        {
            ServeCommand.Build(),
            UpstreamsCommand.Build(),
            StatsCommand.Build(),
            BudgetCommand.Build(),
            ExplainCommand.Build(),
            CallCommand.Build(),
            CacheCommand.Build(),
            RefreshCommand.Build(),
            ModeCommand.Build(),
            DoctorCommand.Build(),
            VerifyCommand.Build(),
            ProviderCommand.Build(),
            SecretsCommand.Build(),
            SimulateCommand.Build(),
            PlanCommand.Build(),
            DeskCommand.Build(),
            StrategyCommand.Create(strategies),
            JobsCommand.Create(strategies),
            ImportCommand.Create(strategies),
        };
        var help = root.Options.OfType<HelpOption>().Single();
        help.Action = new ExampleHelp((HelpAction)help.Action!);
        return root;
    }
}
