using Headgate.Budgets;
using Headgate.Catalogue;
using Headgate.Gateway.Security;
using Headgate.Storage.Sqlite;
using Microsoft.AspNetCore.Connections;

namespace Headgate.Cli.Serving;

/// <summary>Turns what keeps a gate from starting into words and exit codes.</summary>
internal static class StartProblems
{
    /// <summary>Null for what is nobody's mistake but ours.</summary>
    public static CommandFailure? Explain(Exception problem) => problem switch
    {
        CommandFailure failure => failure,
        DataDirectoryLockedException => new CommandFailure(problem.Message, ExitCode.InUse, problem),
        LedgerException => new CommandFailure($"{problem.Message} The flag for that is --accept-corrupt-ledger.", ExitCode.Failure, problem),
        CatalogueException => new CommandFailure($"the catalogue cannot be used:\n{problem.Message}", ExitCode.Usage, problem),
        FormatException or GatewayStartException => new CommandFailure(problem.Message, ExitCode.Usage, problem),
        IOException { InnerException: AddressInUseException } =>
            new CommandFailure($"{problem.Message} Stop what listens there, or set HEADGATE_URL to another address.", ExitCode.Failure, problem),
        InvalidDataException => new CommandFailure(problem.Message, ExitCode.Usage, problem),
        IOException or UnauthorizedAccessException => new CommandFailure(problem.Message, ExitCode.Failure, problem),
        _ => null,
    };
}
