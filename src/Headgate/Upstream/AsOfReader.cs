using System.Globalization;
using Headgate.Catalogue;
using NodaTime;
using NodaTime.Text;

namespace Headgate.Upstream;

/// <summary>Reads the time of the data out of an item; a value that cannot be read is no time, never an invented one.</summary>
internal static class AsOfReader
{
    public static DateTimeOffset? Read(ReadOnlyMemory<byte> item, AsOfModel? model)
    {
        if (model is null || JsonMember.Text(item, model.Path) is not { Length: > 0 } text)
        {
            return null;
        }

        return model.Format switch
        {
            "unix" => Epoch(text, 1_000),
            "unixMs" => Epoch(text, 1),
            "iso" => DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var iso) ? iso : null,
            _ => Local(text, model),
        };
    }

    private static DateTimeOffset? Epoch(string text, decimal milliseconds)
    {
        if (!decimal.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var value))
        {
            return null;
        }

        var epoch = value * milliseconds;
        return epoch is > 0 and < 253_402_300_799_999m ? DateTimeOffset.FromUnixTimeMilliseconds((long)epoch) : null;
    }

    private static DateTimeOffset? Local(string text, AsOfModel model)
    {
        var parsed = LocalDateTimePattern.CreateWithInvariantCulture(model.Format).Parse(text);
        return parsed.Success ? DateTimeZoneProviders.Tzdb[model.Zone].AtLeniently(parsed.Value).ToDateTimeOffset() : null;
    }
}
