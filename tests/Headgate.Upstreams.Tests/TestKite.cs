using System.Globalization;
using System.Text.Json.Nodes;
using Headgate.Upstreams.Faults;
using Headgate.Upstreams.Kite;
using Headgate.Upstreams.Limits;
using Headgate.Upstreams.Tapes;

namespace Headgate.Upstreams.Tests;

/// <summary>A Kite twin on a small synthetic tape and a clock the test moves; every call is a second apart unless told otherwise.</summary>
internal sealed class TestKite
{
    public static readonly DateTimeOffset Morning = new(2026, 1, 5, 10, 0, 0, new TimeSpan(5, 30, 0)); // a Monday

    public TestKite(KiteOptions? options = null) => Twin = new KiteTwin(options ?? Options(), new FaultPlan(new Random(1)));

    public KiteTwin Twin { get; }

    public DateTimeOffset Now { get; set; } = Morning;

    public static KiteOptions Options(LimiterKind limiter = LimiterKind.SlidingWindow, int rows = 3000, params KiteAccount[] accounts) =>
        new(new SyntheticTape(7, Morning, SyntheticUniverse.Nse(600)))
        {
            Limiter = limiter,
            InstrumentRows = rows,
            Accounts = accounts.Length == 0 ? [KiteAccount.Demo] : accounts,
        };

    public static TwinHeader Auth(string credential = KiteTwin.DemoCredential) => new("Authorization", credential);

    public TwinReply Get(string target, string credential = KiteTwin.DemoCredential) => Send("GET", target, "", credential);

    public TwinReply Send(string method, string target, string form = "", string credential = KiteTwin.DemoCredential)
    {
        Now = Now.AddSeconds(1);
        return Twin.Handle(new TwinRequest(method, target, [Auth(credential), new("X-Kite-Version", "3")], System.Text.Encoding.UTF8.GetBytes(form)), Now);
    }

    public JsonNode Data(string target) => Json(Get(target))["data"]!;

    public static JsonNode Json(TwinReply reply) => JsonNode.Parse(reply.Body.Span)!;

    public static string At(DateTimeOffset at) => at.ToString("yyyy-MM-dd+HH:mm:ss", CultureInfo.InvariantCulture);
}
