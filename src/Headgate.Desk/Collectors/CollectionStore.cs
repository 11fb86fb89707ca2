using System.Text.Json;
using System.Text.Json.Serialization;

namespace Headgate.Desk.Collectors;

/// <summary>The last collection as a durable record.</summary>
public sealed class CollectionStore(IRecordStore records)
{
    private const string Kind = "desk.collection";
    private const string Id = "last";

    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { Converters = { new JsonStringEnumConverter() } };

    /// <summary>The last one; null when there is none, or none this version can read.</summary>
    public async ValueTask<Collection?> LoadAsync(CancellationToken cancellation)
    {
        if (await records.GetAsync(Kind, Id, cancellation) is not { } record)
        {
            return null;
        }

        try
        {
            return JsonSerializer.Deserialize<Collection>(record.Content.Span, Json);
        }
        catch (JsonException)
        {
            // Written by another version; the first cycle replaces it.
            return null;
        }
    }

    /// <summary>Keeps it in place of the one before; durable when it returns.</summary>
    public ValueTask PutAsync(Collection collection, CancellationToken cancellation) =>
        records.PutAsync([new StoredRecord(Kind, Id, collection.At, JsonSerializer.SerializeToUtf8Bytes(collection, Json))], cancellation);
}
