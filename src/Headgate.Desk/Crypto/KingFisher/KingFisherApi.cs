using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Routing;

namespace Headgate.Desk.Crypto.KingFisher;

/// <summary>The pipeline's part of the desk's API, under <c>/api/v1/desk/crypto/kingfisher</c>.</summary>
public static class KingFisherApi
{
    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web) { Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase) } };

    /// <summary>Adds the state, the latest records, and the way in for images.</summary>
    public static IEndpointRouteBuilder MapKingFisher(this IEndpointRouteBuilder routes, KingFisher pipeline)
    {
        var api = routes.MapGroup("/api/v1/desk/crypto/kingfisher").WithTags("desk");
        api.MapGet("", () => Results.Json(pipeline.State, Options))
            .Produces<KingFisherState>().WithSummary("Where the KingFisher pipeline stands: last image, analysis, Airtable write and error.");
        api.MapGet("/latest", async (string symbol, string type, KingFisherLevel? level, CancellationToken cancellation) =>
                await pipeline.LatestAsync(symbol, type, level, cancellation) is { } latest ? Results.Json(latest, Options) : Results.Problem("There is no record of that symbol and type.", statusCode: 404))
            .Produces<KingFisherRecord>().Produces(404).WithSummary("The latest record of a symbol and type, and whether it is fresh by its level.");
        api.MapPost("/images", (string symbol, string type, HttpRequest request, CancellationToken cancellation) => TakeAsync(pipeline, symbol, type, request, cancellation))
            .Accepts<byte[]>("image/png", "image/jpeg").Produces(200).Produces(413).Produces(422).Produces(502).WithSummary("Takes a chart image (JPEG or PNG, 10 MB at most) through the pipeline.");
        return routes;
    }

    private static async Task<IResult> TakeAsync(KingFisher pipeline, string symbol, string type, HttpRequest request, CancellationToken cancellation)
    {
        if (request.HttpContext.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } size)
        {
            size.MaxRequestBodySize = KingFisherImage.BytesMax + 1L;
        }

        if (request.ContentLength > KingFisherImage.BytesMax || await ReadAsync(request.Body, cancellation) is not { } bytes)
        {
            return Results.Problem($"Images have {KingFisherImage.BytesMax} bytes at most.", statusCode: 413);
        }

        var outcome = await pipeline.ProcessAsync(new KingFisherImage(symbol, type, bytes), cancellation);
        var status = outcome switch
        {
            KingFisherOutcome.Written or KingFisherOutcome.Known => 200,
            KingFisherOutcome.Refused => 422,
            _ => 502,
        };
        return status == 200
            ? Results.Json(new { outcome, pipeline.State }, Options)
            : Results.Problem(pipeline.State.LastError?.Detail, statusCode: status, extensions: new Dictionary<string, object?>(StringComparer.Ordinal) { ["outcome"] = outcome.ToString() });
    }

    private static async Task<byte[]?> ReadAsync(Stream body, CancellationToken cancellation)
    {
        using var image = new MemoryStream();
        var buffer = new byte[64 << 10];
        int read;
        while ((read = await body.ReadAsync(buffer, cancellation)) > 0)
        {
            if (image.Length + read > KingFisherImage.BytesMax)
            {
                return null;
            }

            image.Write(buffer, 0, read);
        }

        return image.ToArray();
    }
}
