using System.ComponentModel;
using System.Globalization;

namespace Headgate.Desk.Monitors.Options;

/// <summary>Reads <see cref="CprVetoMode"/> as settings write it, with or without the hyphen.</summary>
internal sealed class CprVetoModeWords : TypeConverter
{
    public override bool CanConvertFrom(ITypeDescriptorContext? context, Type sourceType) => sourceType == typeof(string) || base.CanConvertFrom(context, sourceType);

    public override object? ConvertFrom(ITypeDescriptorContext? context, CultureInfo? culture, object value) => value is not string text
        ? base.ConvertFrom(context, culture, value)
        : text.Trim().ToLowerInvariant() switch
        {
            "off" => CprVetoMode.Off,
            "outside-only" or "outsideonly" => CprVetoMode.OutsideOnly,
            "strict" => CprVetoMode.Strict,
            _ => throw new FormatException($"{text} is no CPR veto mode; expected off, outside-only or strict."),
        };
}
