using System.Globalization;
using System.Text;
using Headgate.Desk.Fleet;
using Headgate.Desk.Fleet.Exchange;

namespace Headgate.Cli.Monitoring;

/// <summary>What a paper account holds at first: what settings say, else what the user's own account had when it was first asked, else a round sum.</summary>
internal sealed class PaperDollars(LiveSeat seat)
{
    /// <summary>Secret with a key's name, <c>organizations/…/apiKeys/…</c>.</summary>
    public const string KeyName = "COINBASE_API_KEY";

    /// <summary>Secret with that key's private part, PEM; line ends may be written <c>\n</c>.</summary>
    public const string KeySecret = "COINBASE_API_SECRET";

    private const decimal WithoutKey = 10_000;
    private const string Kind = "fleet.paper";
    private const string Id = "dollars";

    /// <exception cref="CommandFailure">The key cannot be used, or the account could not be read.</exception>
    public async Task<decimal> FindAsync(FleetSettings settings, CancellationToken cancellation)
    {
        if (settings.PaperDollars is { } set)
        {
            return set;
        }

        if (await seat.Records.GetAsync(Kind, Id, cancellation) is { } known)
        {
            return decimal.Parse(Encoding.UTF8.GetString(known.Content.Span), CultureInfo.InvariantCulture);
        }

        // Kept in either case: the orders on record are replayed onto the sum they began with, whatever key comes later.
        var dollars = seat.Gate.Secrets.Find(KeyName) is { Length: > 0 } name ? await ReadAsync(name, cancellation) : WithoutKey;
        var content = Encoding.UTF8.GetBytes(dollars.ToString(CultureInfo.InvariantCulture));
        await seat.Records.PutAsync([new StoredRecord(Kind, Id, seat.Door.Time.GetUtcNow(), content)], cancellation);
        return dollars;
    }

    private async Task<decimal> ReadAsync(string name, CancellationToken cancellation)
    {
        var pem = (seat.Gate.Secrets.Find(KeySecret) ?? "").Replace("\\n", "\n", StringComparison.Ordinal);
        Es256Tokens tokens;
        try
        {
            tokens = new Es256Tokens(name, pem, new Random());
        }
        catch (Exception problem) when (problem is ArgumentException or System.Security.Cryptography.CryptographicException)
        {
            throw new CommandFailure($"the fleet does not start: {KeySecret} is no private key in PEM; set it beside {KeyName}, or neither of them (the market needs no key).", ExitCode.Failure, problem);
        }

        using (tokens)
        {
            var balance = await new FleetExchange(seat.Door, tokens).BalanceAsync("USD", TimeSpan.Zero, "fleet", urgency: 2, cancellation);
            return balance.Value?.Available
                ?? throw new CommandFailure($"the fleet does not start: the account of {KeyName} could not be read ({balance.Problem}). Set desk:fleet:paperDollars to begin with a sum of your own.");
        }
    }
}
