using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;

namespace Headgate.Cli.Api;

/// <summary>Asks a running gate. The only class of the command line that opens connections.</summary>
/// <threadsafety>Safe.</threadsafety>
internal sealed class GateClient : IDisposable
{
    // A verification goes behind everybody else's calls and may take one call for each sixty days.
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(10);

    private readonly HttpClient _http;

    /// <param name="gate">The gate's main address.</param>
    /// <param name="adminToken">For gates that listen on other addresses than loopback; default: HEADGATE_ADMIN_TOKEN.</param>
    public GateClient(Uri gate, string? adminToken = null)
    {
        var handler = new SocketsHttpHandler { UseProxy = false, AllowAutoRedirect = false, UseCookies = false };
        _http = new HttpClient(handler) { BaseAddress = gate, Timeout = Patience };
        if ((adminToken ?? Environment.GetEnvironmentVariable("HEADGATE_ADMIN_TOKEN")) is { Length: > 0 } token)
        {
            _http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
        }
    }

    /// <summary>Asks the management API.</summary>
    /// <exception cref="CommandFailure">No gate answers there, or it answers with an error.</exception>
    public Task<JsonElement> GetAsync(string path, CancellationToken cancellation) => SendAsync(HttpMethod.Get, path, body: null, cancellation);

    /// <summary>Changes something through the management API.</summary>
    /// <exception cref="CommandFailure">No gate answers there, or it answers with an error.</exception>
    public async Task<JsonElement> SendAsync(HttpMethod method, string path, object? body, CancellationToken cancellation)
    {
        try
        {
            using var request = new HttpRequestMessage(method, path);
            request.Content = body is null ? null : JsonContent.Create(body);
            using var response = await _http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellation);
            await using var answer = await response.Content.ReadAsStreamAsync(cancellation);
            if (!response.IsSuccessStatusCode)
            {
                throw await FailureAsync(response.StatusCode, path, answer, cancellation);
            }

            using var document = await JsonDocument.ParseAsync(answer, cancellationToken: cancellation);
            return document.RootElement.Clone();
        }
        catch (HttpRequestException exception)
        {
            throw Unreachable(exception);
        }
        catch (OperationCanceledException exception) when (!cancellation.IsCancellationRequested)
        {
            throw new CommandFailure($"{_http.BaseAddress} did not answer {path} in {Patience.TotalMinutes:0} minutes", ExitCode.Failure, exception);
        }
        catch (JsonException exception)
        {
            throw new CommandFailure($"{_http.BaseAddress} answered {path} with something that is not JSON; is it a gate?", ExitCode.Failure, exception);
        }
    }

    /// <summary>Asks as a client does and reads the answer to its end.</summary>
    public async Task<GateReply> AskAsync(string target, string client, CancellationToken cancellation)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, target);
        request.Headers.Add("Headgate-Client", client);
        try
        {
            using var response = await _http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellation);
            await response.Content.CopyToAsync(Stream.Null, cancellation);
            return new GateReply(response.StatusCode, response.Headers.TryGetValues("Cache-Status", out var values) ? string.Join(", ", values) : "");
        }
        catch (HttpRequestException)
        {
            return new GateReply(Status: null, "");
        }
    }

    /// <summary>Copies an answer of the management API as it comes.</summary>
    /// <exception cref="CommandFailure">No gate answers there, or it answers with an error.</exception>
    public async Task CopyAsync(string path, Stream to, CancellationToken cancellation)
    {
        try
        {
            using var response = await _http.GetAsync(path, HttpCompletionOption.ResponseHeadersRead, cancellation);
            await using var answer = await response.Content.ReadAsStreamAsync(cancellation);
            if (!response.IsSuccessStatusCode)
            {
                throw await FailureAsync(response.StatusCode, path, answer, cancellation);
            }

            await answer.CopyToAsync(to, cancellation);
        }
        catch (HttpRequestException exception)
        {
            throw Unreachable(exception);
        }
    }

    /// <summary>Asks as a client does and hands over the whole answer; headers in the order of the wire.</summary>
    /// <exception cref="CommandFailure">No gate answers there.</exception>
    public async Task<GateAnswer> CallAsync(string target, IEnumerable<KeyValuePair<string, string>> headers, CancellationToken cancellation)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, target);
        // A management token is nobody's upstream credential.
        _http.DefaultRequestHeaders.Authorization = null;
        foreach (var (name, value) in headers)
        {
            request.Headers.TryAddWithoutValidation(name, value);
        }

        try
        {
            using var response = await _http.SendAsync(request, cancellation);
            List<KeyValuePair<string, string>> all =
                [.. response.Headers.Concat(response.Content.Headers).SelectMany(header => header.Value.Select(value => KeyValuePair.Create(header.Key, value)))];
            return new GateAnswer((int)response.StatusCode, all, await response.Content.ReadAsStringAsync(cancellation));
        }
        catch (HttpRequestException exception)
        {
            throw Unreachable(exception);
        }
    }

    public void Dispose() => _http.Dispose();

    private CommandFailure Unreachable(HttpRequestException exception) =>
        new($"no gate answers at {_http.BaseAddress} ({exception.HttpRequestError}); start one with: headgate serve", ExitCode.NotRunning, exception);

    private static async Task<CommandFailure> FailureAsync(HttpStatusCode status, string path, Stream body, CancellationToken cancellation)
    {
        string? detail = null;
        try
        {
            using var problem = await JsonDocument.ParseAsync(body, cancellationToken: cancellation);
            detail = problem.RootElement.TryGetProperty("detail", out var text) ? text.GetString() : null;
        }
        catch (JsonException)
        {
            // Not a problem document: the status must do.
        }

        var remedy = status is HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden ? "; set HEADGATE_ADMIN_TOKEN to the gate's admin token" : "";
        return new CommandFailure(
            $"the gate answered {path} with {(int)status}{(detail is null ? "" : $": {detail}")}{remedy}",
            status == HttpStatusCode.NotFound ? ExitCode.NotFound : ExitCode.Failure);
    }
}
