using Headgate.Desk.Crypto.Registry;

namespace Headgate.Desk.Crypto.Scheduling;

/// <summary>How old what is kept fresh may be for those who read it.</summary>
internal static class CryptoAges
{
    /// <summary>1.2 times the interval in force: what a watch promises; never less than the time to live.</summary>
    public static TimeSpan Most(CryptoEndpoint endpoint, TimeSpan interval) => (endpoint.Ttl > interval ? endpoint.Ttl : interval) * 6 / 5;
}
