using System.Globalization;

namespace Headgate.Desk.Monitors.Messages;

/// <summary>Figures as people read them. The text is plain; whoever puts it in a message escapes the whole.</summary>
internal static class Figures
{
    public static string Rupees(decimal price) => "₹" + price.ToString("#,0.00", CultureInfo.InvariantCulture);

    public static string SignedRupees(decimal difference) => (difference < 0 ? "−" : "+") + Rupees(Math.Abs(difference));

    public static string Percent(decimal percent) => (percent < 0 ? "−" : "+") + Math.Abs(percent).ToString("0.00", CultureInfo.InvariantCulture) + " %";

    public static string Count(decimal count) => count.ToString("#,0", CultureInfo.InvariantCulture);

    public static string Lakh(decimal count) => (count / 100_000).ToString("#,0.00", CultureInfo.InvariantCulture) + " lakh";

    public static string Crore(decimal crore) => "₹" + crore.ToString("#,0", CultureInfo.InvariantCulture) + " cr";

    public static string Times(decimal multiple) => "×" + multiple.ToString("0.0", CultureInfo.InvariantCulture);

    public static string Number(decimal number) => number.ToString("0.00", CultureInfo.InvariantCulture);
}
