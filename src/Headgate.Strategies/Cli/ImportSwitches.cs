using System.CommandLine;
using Headgate.Strategies.Store.Import;

namespace Headgate.Strategies.Cli;

/// <summary>The switches of the import commands.</summary>
internal sealed class ImportSwitches
{
    private readonly Option<bool> _lenient = new("--lenient") { Description = "Leave out bad rows instead of refusing their file" };
    private readonly Option<bool> _replace = new("--replace") { Description = "Let rows overwrite imported ones that differ" };
    private readonly Option<string?> _dateFormat = new("--date-format") { Description = "Spot series: the format, where the file alone cannot tell (dd-MM-yy, yy-MM-dd, …)" };
    private readonly Option<string?> _symbol = new("--symbol") { Description = "The symbol, where the file name does not say it" };
    private readonly Option<string?> _name = new("--name") { Description = "Base ranges: the filter's name; default the file name" };

    public IEnumerable<Symbol> All => [_lenient, _replace, _dateFormat, _symbol, _name];

    public ImportOptions Read(ParseResult parsed) => new(
        parsed.GetValue(_lenient), parsed.GetValue(_replace), parsed.GetValue(_dateFormat), parsed.GetValue(_symbol), parsed.GetValue(_name));
}
