namespace Headgate.Gateway.Tests.Support;

/// <summary>Tells when nothing more happens by itself in this process, on a machine however busy: then only a timer can move it on.</summary>
/// <remarks>
/// A moment of the wall clock proves nothing where the process may get no processor for that long. What is left to do uses the processor as soon as it
/// gets it, and the looks themselves wait for the processor as everything else does. Tests that look are in the collection "alone": others would never let it be still.
/// </remarks>
internal static class Stillness
{
    private const int Looks = 4;
    private static readonly TimeSpan Window = TimeSpan.FromMilliseconds(10);
    private static readonly TimeSpan Busy = TimeSpan.FromMilliseconds(1);

    /// <summary>False when the task ends first.</summary>
    public static async Task<bool> ComesBeforeAsync(Task end)
    {
        for (var still = 0; still < Looks;)
        {
            var used = Environment.CpuUsage.TotalTime;
            if (await Task.WhenAny(end, Task.Delay(Window)) == end)
            {
                return false;
            }

            still = Environment.CpuUsage.TotalTime - used < Busy ? still + 1 : 0;
        }

        return true;
    }
}
