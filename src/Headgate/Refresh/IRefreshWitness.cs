using Headgate.Catalogue;

namespace Headgate.Refresh;

/// <summary>Told of what refreshing asks, for simulations: it counts as the demand it is.</summary>
internal interface IRefreshWitness
{
    /// <summary>Items are about to be asked for.</summary>
    /// <param name="plan">What is asked.</param>
    /// <param name="interval">The interval that is kept.</param>
    void Asking(RequestPlan plan, TimeSpan interval);

    /// <summary>The ask ended.</summary>
    /// <param name="calls">Calls made for it and counted for no other.</param>
    void Asked(int calls);
}
