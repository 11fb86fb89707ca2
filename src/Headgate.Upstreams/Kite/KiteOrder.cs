using System.Text.Json.Nodes;

namespace Headgate.Upstreams.Kite;

/// <summary>An order and the states it has gone through.</summary>
internal sealed class KiteOrder(string id, string variety)
{
    public string Id => id;

    public string Variety => variety;

    public List<JsonObject> States { get; } = [];

    public JsonObject Latest => States[^1];

    public string Status => (string)Latest["status"]!;

    public int Modifications { get; set; }

    /// <summary>Adds a state like the latest one with some members changed.</summary>
    public void Change(params ReadOnlySpan<(string Name, JsonNode? Value)> changes)
    {
        var next = (JsonObject)Latest.DeepClone();
        foreach (var (name, value) in changes)
        {
            next[name] = value;
        }

        States.Add(next);
    }
}
