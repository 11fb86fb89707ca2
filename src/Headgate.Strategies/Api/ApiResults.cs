using Headgate.Strategies.Runs;
using Microsoft.AspNetCore.Http;

namespace Headgate.Strategies.Api;

/// <summary>JSON answers and problems; a problem's detail is the replaced platform's text.</summary>
internal static class ApiResults
{
    public static IResult Json<T>(T value) => Results.Json(value, PlatformJson.Options);

    public static IResult RawJson(string json) => Results.Text(json, "application/json");

    public static IResult Problem(int status, string detail) => Results.Problem(detail, statusCode: status);

    public static IResult NotFound(string detail) => Problem(StatusCodes.Status404NotFound, detail);

    /// <summary>422, as the replaced platform answers a malformed request.</summary>
    public static IResult Unprocessable(string detail) => Problem(StatusCodes.Status422UnprocessableEntity, detail);
}
