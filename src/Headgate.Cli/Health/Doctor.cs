using Headgate.Budgets;
using Headgate.Catalogue;
using Headgate.Cli.Api;
using Headgate.Markets;
using Headgate.Storage.Sqlite;

namespace Headgate.Cli.Health;

/// <summary>Looks at everything a gate needs. Changes nothing but what opening a ledger repairs.</summary>
internal sealed class Doctor(DirectoryInfo dataDirectory, IReadOnlyList<string> cataloguePaths, Uri? url)
{
    // Under this much free disk the stores stop growing soon; the cache's default bounds add up to a little over 3 GiB.
    private const long FreeBytesMin = 1L << 30;

    public async Task<IReadOnlyList<Finding>> ExamineAsync(CancellationToken cancellation)
    {
        var findings = new List<Finding>();
        var owner = Directory.Exists(dataDirectory.FullName) ? DataDirectory.FindOwner(dataDirectory.FullName) : null;
        findings.Add(Disk());
        findings.Add(owner is null ? await StoresAsync() : Finding.Good("data directory", $"held by {owner}"));
        findings.AddRange(CatalogueFindings());
        findings.AddRange(Calendars());
        if (owner is not null || url is not null)
        {
            findings.Add(await GateAsync(cancellation));
            findings.AddRange(await AlertsAsync(cancellation));
        }

        return findings;
    }

    private Finding Disk()
    {
        var existing = dataDirectory;
        while (!existing.Exists && existing.Parent is { } parent)
        {
            existing = parent;
        }

        var free = new DriveInfo(existing.FullName).AvailableFreeSpace;
        var detail = $"{free >> 20} MiB free at {existing.FullName}";
        return free >= FreeBytesMin ? Finding.Good("disk", detail) : Finding.Odd("disk", $"{detail}; free some, or the stores stop growing");
    }

    private async Task<Finding> StoresAsync()
    {
        if (!dataDirectory.Exists)
        {
            return Finding.Good("data directory", $"{dataDirectory.FullName} will be made by the first serve");
        }

        try
        {
            using var directory = DataDirectory.Open(dataDirectory.FullName, TimeProvider.System);
            if (!File.Exists(directory.PathOf(SqliteLedger.FileName)))
            {
                return Finding.Good("data directory", "writable; no ledger yet");
            }

            // Opening checks the integrity of the file.
            await using var ledger = SqliteLedger.Open(directory.Root, TimeProvider.System);
            return Finding.Good("data directory", "writable; the ledger is sound");
        }
        catch (Exception problem) when (problem is DataDirectoryException or LedgerException)
        {
            return Finding.Bad("data directory", problem.Message);
        }
    }

    private IEnumerable<Finding> CatalogueFindings()
    {
        CatalogueModel catalogue;
        try
        {
            catalogue = new CatalogueSource(cataloguePaths).Load();
        }
        catch (CatalogueException problem)
        {
            return problem.Errors.Select(error => Finding.Bad("catalogue", error.ToString()));
        }

        return [Finding.Good("catalogue", $"{catalogue.Providers.Count} providers: {string.Join(' ', catalogue.Providers.Keys.Order(StringComparer.Ordinal))}")];
    }

    private static IEnumerable<Finding> Calendars()
    {
        var warnings = MarketCalendars.Shipped.WarningsAt(TimeProvider.System.GetUtcNow());
        return warnings.IsEmpty
            ? [Finding.Good("calendars", string.Join(' ', MarketCalendars.Shipped.All.Select(calendar => calendar.Code)))]
            : warnings.Select(warning => Finding.Odd("calendars", warning.Message));
    }

    private async Task<IEnumerable<Finding>> AlertsAsync(CancellationToken cancellation)
    {
        try
        {
            using var gate = new GateClient(url ?? GateAddress.Of(dataDirectory));
            var alerts = await gate.GetAsync(GateApi.Alerts, cancellation);
            return [.. alerts.EnumerateArray().Select(alert => Finding.Bad(alert.GetProperty("key").GetString()!, $"{alert.GetProperty("message").GetString()} {alert.GetProperty("remedy").GetString()}"))];
        }
        catch (CommandFailure)
        {
            // That the gate cannot be asked is a finding of its own.
            return [];
        }
    }

    private async Task<Finding> GateAsync(CancellationToken cancellation)
    {
        try
        {
            using var gate = new GateClient(url ?? GateAddress.Of(dataDirectory));
            var ready = await gate.GetAsync(GateApi.Ready, cancellation);
            var status = ready.GetProperty("status").GetString();
            return string.Equals(status, "ready", StringComparison.Ordinal)
                ? Finding.Good("gate", "ready")
                : Finding.Odd("gate", $"{status}: {(ready.TryGetProperty("reason", out var reason) ? reason.GetString() : "it does not say why")}");
        }
        catch (CommandFailure problem)
        {
            return Finding.Bad("gate", problem.Message);
        }
    }
}
