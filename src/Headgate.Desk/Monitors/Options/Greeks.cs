namespace Headgate.Desk.Monitors.Options;

/// <summary>Sensitivities of an option, or of several held together.</summary>
/// <param name="Delta">Per point of the underlying.</param>
/// <param name="Theta">Per calendar day; negative for who holds.</param>
/// <param name="Gamma">Change of delta per point.</param>
/// <param name="Vega">Per point of volatility (one percentage point).</param>
public readonly record struct Greeks(double Delta, double Theta, double Gamma, double Vega)
{
    public static Greeks operator +(Greeks one, Greeks other) => one.Add(other);

    /// <summary>Both held together.</summary>
    public Greeks Add(Greeks other) => new(Delta + other.Delta, Theta + other.Theta, Gamma + other.Gamma, Vega + other.Vega);
}
