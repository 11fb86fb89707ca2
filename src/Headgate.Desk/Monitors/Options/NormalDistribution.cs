namespace Headgate.Desk.Monitors.Options;

/// <summary>The standard normal distribution.</summary>
internal static class NormalDistribution
{
    public static double Density(double x) => Math.Exp(-x * x / 2) / Math.Sqrt(2 * Math.PI);

    /// <summary>Hart's approximation as given by G. West, "Better approximations to cumulative normal functions" (Wilmott, 2005): double precision.</summary>
    public static double Cumulative(double x)
    {
        var distance = Math.Abs(x);
        if (distance > 37)
        {
            return x > 0 ? 1 : 0;
        }

        var weight = Math.Exp(-distance * distance / 2);
        double tail;
        if (distance < 7.07106781186547)
        {
            var above = (((((((3.52624965998911e-2 * distance) + 0.700383064443688) * distance) + 6.37396220353165) * distance) + 33.912866078383) * distance) + 112.079291497871;
            above = (((above * distance) + 221.213596169931) * distance) + 220.206867912376;
            var below = (((((((8.83883476483184e-2 * distance) + 1.75566716318264) * distance) + 16.064177579207) * distance) + 86.7807322029461) * distance) + 296.564248779674;
            below = (((((below * distance) + 637.333633378831) * distance) + 793.826512519948) * distance) + 440.413735824752;
            tail = weight * above / below;
        }
        else
        {
            var fraction = distance + (1 / (distance + (2 / (distance + (3 / (distance + (4 / (distance + 0.65))))))));
            tail = weight / fraction / Math.Sqrt(2 * Math.PI);
        }

        return x > 0 ? 1 - tail : tail;
    }
}
