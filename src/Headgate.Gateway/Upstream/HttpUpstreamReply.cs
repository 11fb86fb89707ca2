using Headgate.Upstream;

namespace Headgate.Gateway.Upstream;

/// <summary>A response's head, and its body straight from the connection.</summary>
internal sealed class HttpUpstreamReply(HttpResponseMessage response, Stream body, CancellationTokenSource lifetime, TimeProvider time, TimeSpan timeout)
    : UpstreamReply
{
    private ITimer? _timer;
    private bool _timedOut;

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        Arm();
        try
        {
            using var leave = cancellation.CanBeCanceled
                ? cancellation.UnsafeRegister(static state => ((CancellationTokenSource)state!).Cancel(), lifetime)
                : default;
            var read = await body.ReadAsync(buffer, lifetime.Token);
            if (PoolHop.IsNeeded)
            {
                await PoolHop.Run();
            }

            return read;
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            cancellation.ThrowIfCancellationRequested();
            throw;
        }
        catch (Exception error) when (error is IOException or HttpRequestException or OperationCanceledException or ObjectDisposedException)
        {
            var fault = Volatile.Read(ref _timedOut) ? TransportFaults.Timeout(TransportPhase.Body, timeout) : TransportFaults.OfBody(error);
            throw new UpstreamBodyException(fault, error);
        }
        finally
        {
            Disarm();
        }
    }

    public override async ValueTask DisposeAsync()
    {
        if (_timer is { } timer)
        {
            await timer.DisposeAsync();
        }

        await body.DisposeAsync();
        response.Dispose();
        lifetime.Dispose();
    }

    private void Arm()
    {
        if (_timer is null)
        {
            _timer = time.CreateTimer(static state => ((HttpUpstreamReply)state!).OnTimeout(), this, timeout, Timeout.InfiniteTimeSpan);
        }
        else
        {
            _timer.Change(timeout, Timeout.InfiniteTimeSpan);
        }
    }

    private void Disarm() => _timer!.Change(Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);

    private void OnTimeout()
    {
        Volatile.Write(ref _timedOut, true);
        try
        {
            lifetime.Cancel();
        }
        catch (ObjectDisposedException)
        {
            // The reader has just gone: there is nothing left to end.
        }
    }
}
