using Headgate.Desk.Crypto.KingFisher;
using Microsoft.Extensions.Configuration;

namespace Headgate.Cli.Serving;

/// <summary>Reads the section <c>desk:kingfisher</c>.</summary>
internal static class KingFisherSettings
{
    /// <returns>Null where no Airtable base is named: then there is no pipeline.</returns>
    /// <exception cref="FormatException">A setting cannot be used.</exception>
    public static KingFisherOptions? Read(IConfiguration configuration)
    {
        var section = configuration.GetSection("desk:kingfisher");
        if (section["base"] is not { Length: > 0 } id)
        {
            return null;
        }

        var options = new KingFisherOptions { Base = id };
        var fields = section.GetSection("fields").GetChildren().Where(field => !string.IsNullOrEmpty(field.Value)).ToDictionary(field => field.Key, field => field.Value!, StringComparer.Ordinal);
        return id.All(char.IsAsciiLetterOrDigit)
            ? options with { Announce = Announces(section["announce"]), Table = section["table"] is { Length: > 0 } table ? table : options.Table, Fields = fields.Count > 0 ? fields : options.Fields }
            : throw new FormatException($"desk:kingfisher:base is '{id}'; expected an Airtable base id such as appXXXXXXXXXXXXXX.");
    }

    private static bool Announces(string? text) => text is null or ""
        ? false
        : bool.TryParse(text, out var announces) ? announces : throw new FormatException($"desk:kingfisher:announce is '{text}'; expected true or false.");
}
