using System.Text;

namespace Headgate.Simulation;

/// <summary>Counts the candles of answers, to tell how many came from what was held.</summary>
internal static class BarCount
{
    private static readonly byte[] Row = Encoding.ASCII.GetBytes("[\"");

    /// <summary>Rows of a candle answer: arrays that begin with a text.</summary>
    public static int Of(ReadOnlySpan<byte> body)
    {
        var count = 0;
        for (int at; (at = body.IndexOf(Row)) >= 0; count++)
        {
            body = body[(at + Row.Length)..];
        }

        return count;
    }
}
