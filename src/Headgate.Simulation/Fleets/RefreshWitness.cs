using Headgate.Catalogue;
using Headgate.Refresh;

namespace Headgate.Simulation;

/// <summary>Writes down what the gate keeps fresh by itself.</summary>
internal sealed class RefreshWitness(FleetWatch watch, Func<DateTimeOffset> now) : IRefreshWitness
{
    public void Asking(RequestPlan plan, TimeSpan interval) => watch.NoteRefresh(plan, now(), interval);

    public void Asked(int calls) => watch.NoteRefreshed(calls);
}
