using System.Net;
using System.Net.Http.Headers;
using Headgate.EndToEnd.Tests.Gates;
using Headgate.Testing;
using Headgate.Upstreams.Hosting;
using Headgate.Upstreams.Providers;

namespace Headgate.EndToEnd.Tests;

/// <summary>The KingFisher pipeline in a real gate: images in, records out, and its state for all to see.</summary>
public sealed class KingFisherTests
{
    private const string Images = "/api/v1/desk/crypto/kingfisher/images?symbol=BTC&type=liquidation_map";
    private const int KingFisherImageMax = 10 << 20;
    private static readonly byte[] Png = [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A, 1, 2, 3];

    [Fact]
    public async Task An_image_becomes_one_record_and_the_same_image_goes_straight_from_memory()
    {
        using var data = new TemporaryDirectory();
        await using var analyser = await TwinHost.StartAsync(new KingFisherTwin(), TimeProvider.System);
        await using var airtable = await TwinHost.StartAsync(Airtable("Symbol", "Type", "Image", "Trend"), TimeProvider.System);
        await using var gate = await GateProcess.StartAsync(data.Path, [], Settings(analyser, airtable));

        (await PostAsync(gate, Images, Png)).ShouldBe((HttpStatusCode.OK, "written"));
        (await PostAsync(gate, Images, Png)).ShouldBe((HttpStatusCode.OK, "known"));
        (await PostAsync(gate, Images, "GIF89a"u8.ToArray())).Status.ShouldBe(HttpStatusCode.UnprocessableEntity);
        var state = (await gate.AskAsync("/api/v1/desk/crypto/kingfisher")).Json;
        (state.GetProperty("analyses").GetInt32(), state.GetProperty("writes").GetInt32(), state.GetProperty("errors").GetInt32()).ShouldBe((1, 1, 1));
        (await PostAsync(gate, Images.Replace("BTC", "ETH", StringComparison.Ordinal), [.. Png, .. new byte[9 << 20]])).Status.ShouldBe(HttpStatusCode.OK);
        (await PostAsync(gate, Images, new byte[11 << 20])).Status.ShouldBe(HttpStatusCode.RequestEntityTooLarge);
        state.GetProperty("lastError").GetProperty("detail").GetString().ShouldBe("it is neither JPEG nor PNG");
        (await gate.AskAsync("/api/v1/desk/crypto/kingfisher/latest?symbol=BTC&type=liquidation_map")).Json.GetProperty("level").GetString().ShouldBe("hot");

        // Straight to the analyser it is the same picture; a file of more than the gate's usual bound for bodies passes, one beyond 10 MB does not.
        (await PostAsync(gate, "/kingfisher/analyze?type=liquidation_map&symbol=BTC", Png)).Status.ShouldBe(HttpStatusCode.OK);
        analyser.Twin.Counters.Arrivals.ShouldBe(2);
        (await PostAsync(gate, "/kingfisher/analyze?type=liquidation_map&symbol=BTC", new byte[9 << 20])).Status.ShouldBe(HttpStatusCode.OK);
        (await PostAsync(gate, "/kingfisher/analyze?type=liquidation_map&symbol=BTC", new byte[11 << 20])).Status.ShouldBe(HttpStatusCode.RequestEntityTooLarge);
        (await PostAsync(gate, "/kingfisher/analyze?type=liquidation_map&symbol=BTC", Png, "image/gif")).Status.ShouldBe(HttpStatusCode.UnsupportedMediaType);
        (analyser.Twin.Counters.Arrivals, analyser.Twin.Counters.Violations).ShouldBe((3, 0));
    }

    [Fact]
    public async Task A_new_analysis_is_announced_by_the_channels_of_the_desk()
    {
        using var data = new TemporaryDirectory();
        await using var analyser = await TwinHost.StartAsync(new KingFisherTwin(), TimeProvider.System);
        await using var airtable = await TwinHost.StartAsync(Airtable("Symbol", "Type", "Image", "Trend"), TimeProvider.System);
        var settings = Settings(analyser, airtable);
        settings["HEADGATE_DESK__KINGFISHER__ANNOUNCE"] = "true";
        settings["HEADGATE_DESK__ALERTS__CHANNELS"] = "console";
        await using var gate = await GateProcess.StartAsync(data.Path, [], settings);

        (await PostAsync(gate, Images, Png)).ShouldBe((HttpStatusCode.OK, "written"));
        (await gate.AskAsync("/api/v1/desk/alerts")).Body.ShouldContain("kingfisher|liquidation_map|BTC");
        (await gate.TerminateAsync()).Output.ShouldContain("kingfisher: BTC liquidation_map:");
    }

    [Fact]
    public async Task A_base_without_the_fields_stops_the_start_by_their_names()
    {
        using var data = new TemporaryDirectory();
        await using var analyser = await TwinHost.StartAsync(new KingFisherTwin(), TimeProvider.System);
        await using var airtable = await TwinHost.StartAsync(Airtable("Symbol", "Type"), TimeProvider.System);
        var settings = GateProcess.Environment(new Uri($"http://127.0.0.1:{FreePorts.Take()}"), Settings(analyser, airtable));
        var result = await ChildProcess.RunAsync(GateProcess.Executable, ["serve", "--data-dir", data.Path], TimeSpan.FromSeconds(60), settings);
        result.ExitCode.ShouldBe(1, result.ToString());
        result.Error.ShouldContain("lacks the fields 'Image', 'Trend'");
    }

    private static AirtableTwin Airtable(params string[] fields) => new(tables: new Dictionary<string, IReadOnlyList<string>>(StringComparer.Ordinal) { ["KingFisher"] = fields });

    private static Dictionary<string, string?> Settings(TwinHost analyser, TwinHost airtable) => new(StringComparer.Ordinal)
    {
        ["HEADGATE_PROVIDERS__KINGFISHER__BASEURL"] = analyser.Address.GetLeftPart(UriPartial.Authority),
        ["HEADGATE_PROVIDERS__AIRTABLE__BASEURL"] = airtable.Address.GetLeftPart(UriPartial.Authority),
        ["HEADGATE_SECRETS__KINGFISHER_TOKEN"] = "demo",
        ["HEADGATE_SECRETS__AIRTABLE_TOKEN"] = "demo",
        ["HEADGATE_DESK__KINGFISHER__BASE"] = "app1",
        ["HEADGATE_DESK__KINGFISHER__FIELDS__symbol"] = "Symbol",
        ["HEADGATE_DESK__KINGFISHER__FIELDS__type"] = "Type",
        ["HEADGATE_DESK__KINGFISHER__FIELDS__image"] = "Image",
        ["HEADGATE_DESK__KINGFISHER__FIELDS__trend"] = "Trend",
    };

    private static async Task<(HttpStatusCode Status, string? Outcome)> PostAsync(GateProcess gate, string target, byte[] body, string type = "image/png")
    {
        using var content = new ByteArrayContent(body);
        content.Headers.ContentType = new MediaTypeHeaderValue(type);
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(target, UriKind.Relative)) { Content = content };
        // What is refused by its length is refused before it is sent.
        request.Headers.ExpectContinue = body.Length > KingFisherImageMax;
        using var response = await gate.Http.SendAsync(request);
        using var json = System.Text.Json.JsonDocument.Parse(await response.Content.ReadAsStringAsync());
        return (response.StatusCode, json.RootElement.TryGetProperty("outcome", out var outcome) ? outcome.GetString() : null);
    }
}
