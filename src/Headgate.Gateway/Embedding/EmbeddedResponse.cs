using System.IO.Pipelines;
using System.Net;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace Headgate.Gateway.Embedding;

/// <summary>The edge's answer on its way into an <see cref="HttpResponseMessage"/>: the head is handed over at the first flush, the body follows through a pipe.</summary>
/// <remarks>One writer and one reader. The writer waits while the reader is more than a pipe's length behind.</remarks>
internal sealed class EmbeddedResponse : IHttpResponseFeature, IHttpResponseBodyFeature, IHttpRequestLifetimeFeature
{
    // No continuation may look for the caller's context: it may be blocked on this very answer.
    private static readonly PipeOptions Pool = new(readerScheduler: PipeScheduler.ThreadPool, writerScheduler: PipeScheduler.ThreadPool, useSynchronizationContext: false);

    private readonly HttpRequestMessage _request;
    private readonly Pipe _pipe = new(Pool);
    private readonly CancellationTokenSource _left = new(); // never disposed: what was begun for the caller may still read its token; it holds no timer
    private readonly TaskCompletionSource<HttpResponseMessage> _started = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Stack<(Func<object, Task> Call, object State)> _completed = new();
    private Stream? _stream;

    public EmbeddedResponse(HttpRequestMessage request)
    {
        _request = request;
        Writer = new HeadFirstWriter(_pipe.Writer, Start);
        RequestAborted = _left.Token;
    }

    /// <summary>The head, once it is settled.</summary>
    public Task<HttpResponseMessage> Started => _started.Task;

    public int StatusCode { get; set; } = StatusCodes.Status200OK;

    public string? ReasonPhrase { get; set; }

    public IHeaderDictionary Headers { get; set; } = new HeaderDictionary();

    public bool HasStarted { get; private set; }

    public PipeWriter Writer { get; }

    public Stream Stream => _stream ??= Writer.AsStream(leaveOpen: true);

    public CancellationToken RequestAborted { get; set; }

    // The older way to the body; the edge does not take it.
    Stream IHttpResponseFeature.Body
    {
        get => Stream;
        set => throw new NotSupportedException("The body of an embedded answer is its pipe.");
    }

    /// <summary>The caller left, or the answer cannot be ended properly.</summary>
    public void Abort()
    {
        _left.Cancel();
        _pipe.Writer.Complete(BrokeOff());
    }

    /// <summary>The edge is done with the request.</summary>
    /// <param name="error">What it failed with, or null.</param>
    public async Task EndAsync(Exception? error)
    {
        while (_completed.TryPop(out var completed))
        {
            await completed.Call(completed.State);
        }

        if (_left.IsCancellationRequested || error is not null)
        {
            _started.TrySetException(error ?? BrokeOff());
            await _pipe.Writer.CompleteAsync(error ?? BrokeOff());
            return;
        }

        await Writer.FlushAsync(CancellationToken.None);
        await _pipe.Writer.CompleteAsync();
    }

    public Task StartAsync(CancellationToken cancellationToken = default)
    {
        Start();
        return Task.CompletedTask;
    }

    public Task CompleteAsync() => EndAsync(null);

    public void DisableBuffering()
    {
        // Nothing is buffered beyond the pipe.
    }

    public Task SendFileAsync(string path, long offset, long? count, CancellationToken cancellationToken = default) =>
        throw new NotSupportedException("The edge sends no files.");

    public void OnStarting(Func<object, Task> callback, object state) => throw new NotSupportedException("The edge asks for no call at the start.");

    /// <summary>The request's body reader asks to be closed this way.</summary>
    public void OnCompleted(Func<object, Task> callback, object state) => _completed.Push((callback, state));

    private void Start()
    {
        if (HasStarted)
        {
            return;
        }

        HasStarted = true;
        var message = new HttpResponseMessage((HttpStatusCode)StatusCode) { RequestMessage = _request, Content = new StreamContent(_pipe.Reader.AsStream()) };
        foreach (var (name, values) in Headers)
        {
            if (!message.Headers.TryAddWithoutValidation(name, (IEnumerable<string?>)values))
            {
                message.Content.Headers.TryAddWithoutValidation(name, (IEnumerable<string?>)values);
            }
        }

        _started.TrySetResult(message);
    }

    private static HttpIOException BrokeOff() => new(HttpRequestError.ResponseEnded, "The answer broke off.");
}
