using System.Globalization;
using System.Text.RegularExpressions;

namespace Headgate.Catalogue;

/// <summary>Builds the limits of a provider.</summary>
internal static class LimitBinder
{
    public static LimitModel? Bind(string provider, string name, Fields fields, Func<string, string?> variable, ErrorList errors)
    {
        if (!TryAmount(fields, errors, out var permits, out var window))
        {
            return null;
        }

        permits = Lowered(permits, fields, variable);

        var scope = fields.Text("scope") ?? "provider";
        var usage = fields.Table("usage", CatalogueKeys.Usage);
        return new LimitModel
        {
            Id = $"{provider}.{name}",
            Name = name,
            Kind = window.Kind,
            Permits = permits,
            CountsCredits = string.Equals(fields.Text("counts"), "credits", StringComparison.Ordinal),
            Window = window.Length,
            Zone = window.Zone,
            ResetAt = window.ResetAt,
            Scope = scope switch
            {
                "limitKey" => LimitScope.LimitKey,
                "account" => LimitScope.Account,
                "endpoint" => LimitScope.Endpoint,
                "provider" => LimitScope.Provider,
                _ when scope.StartsWith("field ", StringComparison.Ordinal) => LimitScope.Field,
                _ => LimitScope.Capture,
            },
            Capture = scope.IndexOf(' ', StringComparison.Ordinal) is > 0 and var space ? scope[(space + 1)..] : null,
            Matching = Matching(fields, scope, errors),
            ReservePercent = fields.Text("reserve") is { } share ? int.Parse(share.AsSpan(0, share.Length - 1), CultureInfo.InvariantCulture) : 0,
            Paced = fields.Flag("paced"),
            Usage = usage is { } header && header.Text("header") is { } headerName
                ? new UsageHeader(headerName, string.Equals(header.Text("counts"), "remaining", StringComparison.Ordinal))
                : null,
            LockOut = fields.Duration("lockOut"),
        };
    }

    // What cannot be read as a lower number is as good as not set: nothing may raise a limit.
    private static long Lowered(long permits, Fields fields, Func<string, string?> variable) =>
        fields.Text("lowered") is { } name && long.TryParse(variable(name), NumberStyles.None, CultureInfo.InvariantCulture, out var lower) && lower >= 1
            ? Math.Min(permits, lower)
            : permits;

    private static Regex? Matching(Fields fields, string scope, ErrorList errors)
    {
        if (fields.Text("matching") is not { } pattern)
        {
            return null;
        }

        if (!scope.StartsWith("field ", StringComparison.Ordinal))
        {
            errors.Add(fields.At("matching"), $"{fields.PathOf("matching")} needs scope: field NAME");
        }

        return IdentityPattern.TryCompile(pattern, out var regex) ? regex : null;
    }

    private static bool TryAmount(Fields fields, ErrorList errors, out long permits, out LimitWindow window)
    {
        (permits, window) = (0, default);
        if (fields.Text("permits") is not { } text)
        {
            return false;
        }

        var per = fields.Text("per");
        var isRate = Quantities.TryRate(text, out var amount, out var rateWindow);
        if (isRate && per is not null)
        {
            errors.Add(fields.At("per"), $"{fields.PathOf("per")} is {per}; expected none beside the rate {text}");
            return false;
        }

        if (!isRate && fields.Node["per"] is null)
        {
            errors.Add(fields.Node, $"{fields.PathOf("per")} is missing; expected {LimitWindow.Expected}");
            return false;
        }

        if (!isRate && !Quantities.TryNumber(text, out amount))
        {
            return false;
        }

        if (isRate)
        {
            window = new LimitWindow(LimitKind.Sliding, rateWindow, "Etc/UTC", TimeSpan.Zero);
        }
        else if (per is null || !LimitWindow.TryParse(per, out window))
        {
            return false;
        }

        return TryWhole(amount, ref window, fields, errors, out permits);
    }

    // A fraction becomes whole permits of a window of its own, never a larger burst: 0.33/s is 1 per 3.031 s and 2.5/s is 2 per 0.8 s.
    // 33 per 100 s would be the same rate and let 33 calls out at once.
    private static bool TryWhole(decimal amount, ref LimitWindow window, Fields fields, ErrorList errors, out long permits)
    {
        permits = Math.Max(1, (long)decimal.Floor(amount));
        if (amount == permits)
        {
            return true;
        }

        if (window.Kind == LimitKind.Calendar)
        {
            errors.Unexpected(fields.At("permits"), fields.PathOf("permits"), "a whole number for a calendar window");
            return false;
        }

        var milliseconds = decimal.Ceiling(permits / amount * window.Length.Ticks / TimeSpan.TicksPerMillisecond);
        if (milliseconds > (decimal)TimeSpan.FromDays(366).TotalMilliseconds)
        {
            errors.Unexpected(fields.At("permits"), fields.PathOf("permits"), "at least one permit a year");
            return false;
        }

        window = window with { Length = TimeSpan.FromMilliseconds((long)milliseconds) };
        return true;
    }
}
