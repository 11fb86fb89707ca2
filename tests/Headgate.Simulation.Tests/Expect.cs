namespace Headgate.Simulation.Tests;

/// <summary>Shouldly's asynchronous assertions continue on the thread pool; inside a virtual run everything stays on the pump.</summary>
internal static class Expect
{
    public static async Task<T> Throws<T>(Task task)
        where T : Exception
    {
        try
        {
            await task;
        }
        catch (T expected)
        {
            return expected;
        }

        throw new ShouldAssertException($"{typeof(T).Name} was expected.");
    }
}
