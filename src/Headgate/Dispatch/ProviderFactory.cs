using Headgate.Budgets;
using Headgate.Caching;
using Headgate.Catalogue;
using Headgate.Flights;
using Headgate.History;
using Headgate.Reports;
using Headgate.SignIn;

namespace Headgate.Dispatch;

/// <summary>Sets up what serves one provider.</summary>
internal sealed class ProviderFactory(
    EngineOptions options, EnginePorts ports, LedgerState ledger, EngineClock clock, EntryBook entries, HistoryBook? history, EntitlementBook entitlements, StatsBook stats, ModeBook modes, EngineEvents events, Chance chance, Func<SeatFiller> seats, AlertBook alerts, Forwarder forwarder, Func<long> nextRequestId)
{
    private long _chargeId = ledger.NextChargeId - 1;

    public ProviderContext Open(ProviderModel provider)
    {
        var own = options.For(provider.Name);
        var context = new ProviderContext
        {
            Options = own,
            Clock = clock,
            Transport = ports.Transport,
            Ledger = ports.Ledger,
            Secrets = ports.Secrets,
            Entries = entries,
            Hasher = ports.Hasher,
            History = history,
            Entitlements = entitlements,
            Policy = new FreshnessPolicy(clock, ports.Markets),
            Stats = stats,
            Credentials = new CredentialGuard(provider.Name, ledger.Closures),
            Modes = modes,
            Events = events,
            Deadlines = new DeadlineBook(clock),
            Chance = chance,
            Report = ports.Report ?? (static _ => { }),
        };
        context.MoveTo(provider.BaseUrl, reset: null);
        var budgets = new BudgetBook(clock, options.CalendarGuard, ports.Ledger, ledger, () => new Pacing(ports.Markets, provider.Market));
        budgets.Restore(provider);
        var runner = new CallRunner(context);
        context.Dispatcher = new Dispatcher(own, clock, budgets, events, () => Interlocked.Increment(ref _chargeId), call => _ = runner.RunAsync(call)) { SpareSeats = seats() };
        SignOn(context, provider);
        return context;
    }

    /// <summary>Sets up the sign-in a definition asks for. One that keeps single-use tokens needs a vault; without it calls go as they are.</summary>
    public void SignOn(ProviderContext context, ProviderModel provider)
    {
        if (context.SignIn is not null || provider.Auth is not { } auth)
        {
            context.SignIn?.Use(provider);
            return;
        }

        var caller = new SignInCaller(context, forwarder, ports.Hasher, nextRequestId);
        context.SignIn = (auth.Kind, ports.Vault) switch
        {
            (AuthKind.Crumb, var vault) => new CrumbSignIn(provider, caller, vault, clock, context.Report),
            (_, { } vault) => new RefreshTokenSignIn(provider, caller, vault, ports.Secrets, ports.Hasher, alerts, clock, context.Report),
            _ => null,
        };
    }
}
