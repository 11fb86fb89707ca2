namespace Headgate.Strategies.Store.Import;

/// <summary>How an import treats what it finds.</summary>
/// <param name="Lenient">Leave out bad rows and report them; by default one bad row refuses its whole file.</param>
/// <param name="Replace">Let a row that differs from an already imported one overwrite it (the exchange reissues corrected files); by default that is a bad row.</param>
/// <param name="DateFormat">Spot files only: the date format, when the file alone cannot tell day from year.</param>
/// <param name="Symbol">Expiry calendars and spot files without a ticker column: the symbol; null takes it from the file name.</param>
/// <param name="Name">Base ranges: the filter's name; null takes it from the file name.</param>
public sealed record ImportOptions(bool Lenient = false, bool Replace = false, string? DateFormat = null, string? Symbol = null, string? Name = null)
{
    public static ImportOptions Default { get; } = new();
}
