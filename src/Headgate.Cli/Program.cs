using System.CommandLine;
using System.CommandLine.Invocation;
using Headgate.Cli;
using Headgate.Gateway.Upstream;

PoolHop.ServeInline();
var parsed = CommandTree.Build().Parse(args);

// SIGTERM and SIGINT cancel the command; a gate then has this long to end its calls and flush.
return parsed.Action is ParseErrorAction wrong
    ? await UsageErrors.TellAsync(parsed, wrong)
    : await parsed.InvokeAsync(new InvocationConfiguration { ProcessTerminationTimeout = TimeSpan.FromSeconds(10) });
