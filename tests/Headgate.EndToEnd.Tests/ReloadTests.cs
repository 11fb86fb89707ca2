using Headgate.EndToEnd.Tests.Gates;
using Headgate.Testing;

namespace Headgate.EndToEnd.Tests;

public sealed class ReloadTests
{
    private const string Good = "provider: extra\nbaseUrl: http://127.0.0.1:9\nlimits: { all: { permits: 1, per: 1s } }\ndefaultLimit: all\n";

    [Fact]
    public async Task A_hang_up_reloads_the_catalogue_under_load_and_a_broken_one_keeps_the_running()
    {
        using var data = new TemporaryDirectory();
        var file = data.File("extra.yaml");
        await File.WriteAllTextAsync(file, Good);
        await using var gate = await GateProcess.StartAsync(data.File("gate"), ["--demo", "--catalogue", file]);

        await File.WriteAllTextAsync(file, Good.Replace("extra", "another", StringComparison.Ordinal));
        await gate.Process.HangUpAsync();
        (await UntilProvidersHold(gate, "\"another\"")).ShouldBeTrue(gate.Process.Error);

        await File.WriteAllTextAsync(file, "provider: third\nlimitz: {}\n");
        await gate.Process.HangUpAsync();
        for (var i = 0; i < 20; i++)
        {
            var quote = await gate.AskAsync("/kite/quote/ltp?i=NSE:INFY");
            ((int)quote.Status).ShouldBe(200, quote.ToString());
        }

        (await UntilProvidersHold(gate, "\"another\"")).ShouldBeTrue(gate.Process.Error);
    }

    private static async Task<bool> UntilProvidersHold(GateProcess gate, string name)
    {
        // Every look is a request, so a few hundred of them are time enough for a signal to be handled.
        for (var i = 0; i < 500; i++)
        {
            if ((await gate.AskAsync("/api/v1/gate/providers")).Body.Contains(name, StringComparison.Ordinal))
            {
                return true;
            }
        }

        return false;
    }
}
