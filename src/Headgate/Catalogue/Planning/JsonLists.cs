using System.Text.Json.Serialization;

namespace Headgate.Catalogue;

[JsonSerializable(typeof(List<string>))]
internal sealed partial class JsonLists : JsonSerializerContext;
