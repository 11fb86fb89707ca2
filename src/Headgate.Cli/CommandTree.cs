using System.CommandLine;
using System.CommandLine.Help;
using Headgate.Cli.Commands;

namespace Headgate.Cli;

/// <summary>All commands of <c>headgate</c>.</summary>
internal static class CommandTree
{
    public static RootCommand Build()
    {
        var root = new RootCommand("One gate between every bot, monitor and notebook and the rate-limited market-data APIs they ask.")
        {
            ServeCommand.Build(),
            UpstreamsCommand.Build(),
            StatsCommand.Build(),
            BudgetCommand.Build(),
            ExplainCommand.Build(),
            DoctorCommand.Build(),
            ProviderCommand.Build(),
        };
        var help = root.Options.OfType<HelpOption>().Single();
        help.Action = new ExampleHelp((HelpAction)help.Action!);
        return root;
    }
}
