using Headgate.Gateway.Operations;
using Headgate.Refresh;
using Microsoft.Extensions.Configuration;

namespace Headgate.Gateway.Configuration;

/// <summary>The <c>refresh</c> section: watches that are there from the first start.</summary>
public static class WatchSettings
{
    /// <summary>Reads the section; each child is a watch named by its key.</summary>
    /// <exception cref="FormatException">A watch cannot be read; the message names its key.</exception>
    public static IReadOnlyList<Watch> Read(IConfiguration configuration)
    {
        List<Watch> watches = [];
        foreach (var section in configuration.GetSection("refresh").GetChildren())
        {
            try
            {
                watches.Add(WatchText.Parse(section.Key, section["target"], section["every"], section["priority"]));
            }
            catch (WatchException refused)
            {
                throw new FormatException($"{section.Path}: {refused.Message}", refused);
            }
        }

        return watches;
    }

    /// <summary>Adds what is not kept already: a watch changed or replaced at run time stays as it was left.</summary>
    /// <param name="refresh">The running scheduler.</param>
    /// <param name="watches">From <see cref="Read"/>.</param>
    /// <param name="warn">Told of watches that cannot be kept now.</param>
    /// <param name="cancellation">Gives up.</param>
    public static async Task AddAsync(RefreshScheduler refresh, IReadOnlyList<Watch> watches, Action<string> warn, CancellationToken cancellation)
    {
        var kept = refresh.Status().Watches.Select(status => status.Watch.Name).ToHashSet(StringComparer.Ordinal);
        foreach (var watch in watches.Where(watch => !kept.Contains(watch.Name)))
        {
            try
            {
                await refresh.AddAsync(watch, cancellation);
            }
            catch (WatchException refused)
            {
                // The secret may come later; the rest of the gate works meanwhile.
                warn($"refresh:{watch.Name} is left out: {refused.Message}");
            }
        }
    }
}
