using System.Text.Json;
using Headgate.Upstreams.Tapes;

namespace Headgate.Upstreams.Kite;

/// <summary>Five levels of market depth around a last price, following from one draw.</summary>
internal readonly struct KiteDepth(ulong draw, decimal last, decimal tick)
{
    private const int Levels = 5;

    public long BuyQuantity => Total(0);

    public long SellQuantity => Total(Levels);

    public void Write(Utf8JsonWriter writer)
    {
        writer.WriteStartObject("depth");
        WriteSide(writer, "buy", -1, 0);
        WriteSide(writer, "sell", 1, Levels);
        writer.WriteEndObject();
    }

    private void WriteSide(Utf8JsonWriter writer, string side, int direction, int stream)
    {
        writer.WriteStartArray(side);
        for (var level = 0; level < Levels; level++)
        {
            var quantity = Quantity(stream + level);
            writer.WriteStartObject();
            writer.WriteNumber("price", TapePrice.Trim(Math.Max(tick, last + (direction * tick * (level + 1)))));
            writer.WriteNumber("quantity", quantity);
            writer.WriteNumber("orders", 1 + (quantity / 400));
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }

    private long Total(int stream)
    {
        long total = 0;
        for (var level = 0; level < Levels; level++)
        {
            total += Quantity(stream + level);
        }

        return total;
    }

    private long Quantity(int index) => 1 + (long)(unchecked(SyntheticPath.Mix(draw + (ulong)index)) % 20_000);
}
