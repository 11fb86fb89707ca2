using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace Headgate.Gateway.Api;

/// <summary>The OpenAPI description of the gate's own API, as its JSON really is.</summary>
internal static class ApiDescription
{
    public static void Configure(OpenApiOptions options)
    {
        options.AddDocumentTransformer(static (document, _, _) =>
        {
            document.Info = new OpenApiInfo
            {
                Title = "Headgate",
                Version = "v1",
                Description = "The gate's own API. Upstream APIs are served below /{provider}/ exactly as their owners document them.",
            };
            // Where the reader found this page is where the gate is.
            document.Servers?.Clear();
            return Task.CompletedTask;
        });
        options.AddSchemaTransformer(static (schema, context, _) =>
        {
            var type = Nullable.GetUnderlyingType(context.JsonTypeInfo.Type) ?? context.JsonTypeInfo.Type;
            if (type == typeof(EngineTime))
            {
                (schema.Type, schema.Format, schema.Properties, schema.Required) = (JsonSchemaType.String, "date-time", null, null);
            }
            else if (type == typeof(TimeSpan))
            {
                (schema.Type, schema.Format, schema.Pattern, schema.Description) = (JsonSchemaType.Number, null, null, "Seconds.");
            }

            return Task.CompletedTask;
        });
    }
}
