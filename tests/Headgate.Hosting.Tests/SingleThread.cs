using System.Collections.Concurrent;

namespace Headgate.Hosting.Tests;

/// <summary>A thread with a context of its own, as a window has one: what is posted runs there and nowhere else.</summary>
internal sealed class SingleThread : SynchronizationContext
{
    private readonly BlockingCollection<(SendOrPostCallback Work, object? State)> _posted = [];

    public int Posts { get; private set; }

    /// <summary>Runs a function on such a thread; the thread handles posts only after it has returned.</summary>
    public static T Run<T>(Func<SingleThread, T> work, TimeSpan limit)
    {
        var context = new SingleThread();
        T result = default!;
        Exception? failure = null;
        var thread = new Thread(() =>
        {
            SetSynchronizationContext(context);
            try
            {
                result = work(context);
            }
            catch (Exception error)
            {
                failure = error;
            }
        })
        { IsBackground = true };
        thread.Start();
        thread.Join(limit).ShouldBeTrue("the thread is blocked for good");
        return failure is null ? result : throw new InvalidOperationException("the work failed", failure);
    }

    public override void Post(SendOrPostCallback d, object? state)
    {
        Posts++;
        _posted.Add((d, state));
    }

    public override SynchronizationContext CreateCopy() => this;
}
