using Headgate.Catalogue;
using Headgate.Testing;

namespace Headgate.Tests.Catalogue;

/// <summary>A definition drafted from samples loads, and the samples mean by it what they are.</summary>
public sealed class SampleTests : IDisposable
{
    private readonly TemporaryDirectory _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_draft_finds_endpoints_batch_items_credential_and_soft_errors()
    {
        Sample("many", "GET https://api.weather.test/v1/now?cities=Pune,Mumbai&apikey=sesame HTTP/1.1", "json", """{"status":"ok","results":[{"city":"Pune","t":31.50},{"city":"Mumbai","t":29}]}""");
        Sample("one", "GET https://api.weather.test/v1/now?cities=Pune&apikey=sesame", "json", """{"status":"ok","results":[{"city":"Pune","t":31.50}]}""");
        Sample("over", "GET https://api.weather.test/v1/now?cities=Pune&apikey=sesame", "json", """{"status":"error","message":"You have exceeded your daily limit."}""");
        Sample("station", "GET https://api.weather.test/v1/stations/VABB?apikey=sesame", "json", """{"status":"ok","id":"VABB"}""");
        Sample("gone", "GET https://api.weather.test/v1/stations/NONE1?apikey=sesame", "404.json", """{"status":"gone"}""");
        Sample("report", "POST https://api.weather.test/v1/reports\nX-Api-Key: sesame", "json", """{"status":"ok"}""");

        var samples = SampleFolder.Read(_folder.Path);
        var yaml = DefinitionDraft.Write("weather", samples);

        yaml.ShouldNotContain("sesame");
        var provider = CatalogueLoader.Load([new CatalogueFile("weather.yaml", yaml)]).Providers["weather"];
        provider.BaseUrl.ShouldBe(new Uri("https://api.weather.test"));
        provider.Identity.Select(rule => rule.Name).ShouldBe(["X-Api-Key", "apikey"], ignoreOrder: true);
        provider.Endpoints.Select(endpoint => endpoint.Route.Text).ShouldBe(["GET /v1/stations/{item}", "GET /v1/now", "POST /v1/reports"], ignoreOrder: true);
        var verdicts = samples.Select(sample => SampleCheck.Check(provider, sample, default)).ToDictionary(verdict => verdict.Sample, StringComparer.Ordinal);
        verdicts.Values.ShouldAllBe(verdict => verdict.Problem == null);
        verdicts["many"].Found.ShouldBe(["Pune", "Mumbai"]);
        verdicts["one"].Found.ShouldBe(["Pune"]);
        verdicts["over"].Outcome.ShouldBe("limited");
        verdicts["gone"].Outcome.ShouldBe("notFound");
        verdicts["report"].Kept.ShouldBeFalse();
        verdicts["many"].Target.ShouldNotContain("sesame");
    }

    [Theory]
    [InlineData("i=A&i=B", """{"data":{"A":{"p":1},"B":{"p":2}}}""", "repeated", "$.data")]
    [InlineData("symbols=%5B%22A%22,%22B%22%5D", """[{"symbol":"A"},{"symbol":"B"}]""", "jsonArray", "$[].symbol")]
    [InlineData("s=A,B", """{"A":{"p":1},"B":{"p":2}}""", "comma", "$")]
    public void Items_are_found_however_they_are_named(string query, string body, string style, string items)
    {
        Sample("many", $"GET https://x.test/q?{query}", "json", body);
        DefinitionDraft.Write("x", SampleFolder.Read(_folder.Path)).ShouldContain($"style: {style}, max: 2, items: '{items}'");
    }

    [Fact]
    public void One_item_that_comes_bare_is_asked_by_the_same_parameter()
    {
        Sample("many", "GET https://x.test/price?symbol=A,B", "json", """{"A":{"price":"1"},"B":{"price":"2"}}""");
        Sample("one", "GET https://x.test/price?symbol=A", "json", """{"price":"1"}""");
        var samples = SampleFolder.Read(_folder.Path);
        var yaml = DefinitionDraft.Write("x", samples);
        yaml.ShouldContain("single: symbol, missing: malformed");
        var provider = CatalogueLoader.Load([new CatalogueFile("x.yaml", yaml)]).Providers["x"];
        samples.Select(sample => SampleCheck.Check(provider, sample, default)).ShouldAllBe(verdict => verdict.Problem == null && verdict.Found.Count == verdict.Items.Count);
    }

    [Fact]
    public void A_definition_that_does_not_fit_its_samples_is_told_so()
    {
        Sample("many", "GET https://x.test/q?s=A,B", "json", """{"rows":[{"id":"A"},{"id":"B"}]}""");
        Sample("page", "GET https://x.test/q?s=A", "html", "<html>");
        var provider = Definitions.Load("""
            provider: x
            baseUrl: https://x.test
            contentTypes: application/json
            limits: { all: { permits: 1, per: 1s } }
            endpoints:
              - { name: q, match: GET /q, batch: { parameter: s, style: comma, max: 9, items: $.data }, freshness: { ttl: 1s } }
            """);
        var verdicts = SampleFolder.Read(_folder.Path).Select(sample => SampleCheck.Check(provider, sample, default)).ToList();
        verdicts[0].Problem.ShouldNotBeNull().ShouldContain("$.data");
        verdicts[1].Problem.ShouldNotBeNull().ShouldContain("media type");
        verdicts[1].File.ShouldBe("page.response.html");
    }

    [Fact]
    public void Recorded_by_curl_with_status_and_headers()
    {
        Sample("over", "GET /q\nHost: x.test", "txt", "HTTP/1.1 429 Too Many Requests\r\nContent-Type: application/json\r\nRetry-After: 7\r\n\r\n{\"e\":1}");
        var sample = SampleFolder.Read(_folder.Path).ShouldHaveSingleItem();
        (sample.Status, sample.Headers.Count, sample.Body.Length, sample.Origin).ShouldBe((429, 2, 7, new Uri("https://x.test")));
    }

    [Fact]
    public void What_cannot_be_read_is_told_by_file_and_line()
    {
        Sample("bad", "fetch something", "json", "{}");
        Sample("worse", "GET https://x.test/\nno header", "json", "{}");
        Should.Throw<CatalogueException>(() => SampleFolder.Read(_folder.Path)).Errors.Select(error => $"{error.File}:{error.Line}").ShouldBe(["bad.request.txt:1", "worse.request.txt:2"]);
    }

    private void Sample(string name, string request, string ending, string body)
    {
        File.WriteAllText(Path.Combine(_folder.Path, $"{name}.request.txt"), request + "\n");
        File.WriteAllText(Path.Combine(_folder.Path, $"{name}.response.{ending}"), body);
    }
}
