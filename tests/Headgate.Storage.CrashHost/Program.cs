using Headgate.Storage.CrashHost;

// Run by the crash tests, which kill it at a random moment, and once per format to write its fixture: <scenario> <directory>.
return args switch
{
    ["charge", var directory] => await ChargeLoop.RunAsync(directory),
    ["put", var directory] => await PutLoop.RunAsync(directory),
    ["fixture", var directory] => await FormatFixture.RunAsync(directory),
    ["hold", var directory] => HoldDirectory.Run(directory),
    _ => 2,
};
