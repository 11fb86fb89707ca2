namespace Headgate.Simulation;

/// <summary>The world came to a stop: nothing is ready, no timer is set, and the main task is not complete.</summary>
public sealed class VirtualDeadlockException(DateTimeOffset at, IReadOnlyList<string> waiting)
    : InvalidOperationException($"Deadlock at {at:O}: nothing is ready and no timer is set. Waiting: {(waiting.Count == 0 ? "the main task (nothing named)" : string.Join("; ", waiting))}. (Or a continuation went to another thread.)");

/// <summary>Continuations arrived from other threads, so that the run may not replay.</summary>
public sealed class ForeignThreadException(int posts)
    : InvalidOperationException($"{posts} continuation(s) arrived from a foreign thread; the run is not deterministic.");

/// <summary>The process that was called was killed before it answered: what a client sees as a reset connection.</summary>
public sealed class ProcessKilledException() : IOException("The process was killed.");
