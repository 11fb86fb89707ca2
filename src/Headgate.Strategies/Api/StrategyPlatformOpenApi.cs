using System.Text.Json;
using Microsoft.AspNetCore.OpenApi;

namespace Headgate.Strategies.Api;

/// <summary>Makes the API description name the platform's properties as its JSON does.</summary>
public static class StrategyPlatformOpenApi
{
    /// <summary>Renders the schemas of this assembly's types in snake_case; other types keep the host's naming.</summary>
    public static OpenApiOptions AddStrategyPlatform(this OpenApiOptions options) => options.AddSchemaTransformer(static (schema, context, _) =>
    {
        if (context.JsonTypeInfo.Type.Assembly == typeof(StrategyPlatformOpenApi).Assembly && schema.Properties is { Count: > 0 } properties)
        {
            schema.Properties = properties.ToDictionary(p => JsonNamingPolicy.SnakeCaseLower.ConvertName(p.Key), p => p.Value, StringComparer.Ordinal);
            schema.Required = schema.Required?.Select(JsonNamingPolicy.SnakeCaseLower.ConvertName).ToHashSet(StringComparer.Ordinal);
        }

        return Task.CompletedTask;
    });
}
