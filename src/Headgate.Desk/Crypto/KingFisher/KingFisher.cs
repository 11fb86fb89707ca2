using System.Text.Json;
using Headgate.Desk.Alerts;
using Headgate.Desk.Doors;

namespace Headgate.Desk.Crypto.KingFisher;

/// <summary>Turns chart images into records: analysed once, written to Airtable once, announced, and visible at every step.</summary>
/// <remarks>
/// Safe for concurrent use; images are taken one after another. Limits are those of the upstreams, for all symbols together: 10 analyses in 60 s, 5 writes a second
/// to the base; the pipeline waits for its turn. What was analysed and written is durable, so an image sent again, also after a crash, costs only what is missing.
/// </remarks>
public sealed class KingFisher : IDisposable
{
    private const string AnalysisKind = "kingfisher.analysis";
    private const string WriteKind = "kingfisher.write";
    private const string LatestKind = "kingfisher.latest";
    private const string StateKind = "kingfisher.state";

    private readonly IDeskDoor _door;
    private readonly IRecordStore _records;
    private readonly KingFisherOptions _options;
    private readonly IAlertDesk? _alerts;
    private readonly AirtableRecords _airtable;
    private readonly RollingLimit _announcements;
    private readonly SemaphoreSlim _turn = new(1, 1);
    private KingFisherState _state = KingFisherState.Empty;
    private bool _isChecked;

    private KingFisher(IDeskDoor door, IRecordStore records, KingFisherOptions options, IAlertDesk? alerts)
    {
        _door = door;
        _records = records;
        _options = options;
        _alerts = alerts;
        _airtable = new AirtableRecords(door, options);
        _announcements = new RollingLimit(options.AlertsPerMinute, TimeSpan.FromMinutes(1));
    }

    /// <summary>Where the pipeline stands; survives restarts.</summary>
    public KingFisherState State => Volatile.Read(ref _state);

    /// <summary>Restores the state and checks Airtable's schema. A base that cannot be asked now is checked before the first image.</summary>
    /// <param name="door">The way to the upstreams.</param>
    /// <param name="records">What is durable.</param>
    /// <param name="options">Base, table and fields.</param>
    /// <param name="alerts">Told of each new analysis; null for nobody.</param>
    /// <param name="cancellation">Gives the start up.</param>
    /// <exception cref="KingFisherSetupException">The table or fields are missing; the message names them.</exception>
    public static async ValueTask<KingFisher> StartAsync(IDeskDoor door, IRecordStore records, KingFisherOptions options, IAlertDesk? alerts, CancellationToken cancellation)
    {
        var pipeline = new KingFisher(door, records, options, alerts);
        if (await records.GetAsync(StateKind, "state", cancellation) is { } kept)
        {
            pipeline._state = JsonSerializer.Deserialize<KingFisherState>(kept.Content.Span) ?? KingFisherState.Empty;
        }

        await pipeline.CheckAsync(cancellation);
        return pipeline;
    }

    /// <summary>Takes an image through the pipeline.</summary>
    /// <exception cref="OperationCanceledException">The sender left; what was sent upstream goes on.</exception>
    /// <exception cref="KingFisherSetupException">Airtable could not be asked at start, and its table or fields are missing.</exception>
    public async ValueTask<KingFisherOutcome> ProcessAsync(KingFisherImage image, CancellationToken cancellation)
    {
        await _turn.WaitAsync(cancellation);
        try
        {
            var outcome = await RunAsync(image, cancellation);
            await KeepStateAsync(cancellation);
            return outcome;
        }
        finally
        {
            _turn.Release();
        }
    }

    /// <summary>The latest record of a symbol and kind, or null when there is none.</summary>
    /// <param name="symbol">The symbol.</param>
    /// <param name="type">The kind.</param>
    /// <param name="level">How fresh it must be to count as fresh; null takes the kind's own level.</param>
    /// <param name="cancellation">Gives the look-up up.</param>
    public async ValueTask<KingFisherRecord?> LatestAsync(string symbol, string type, KingFisherLevel? level, CancellationToken cancellation)
    {
        if (await _records.GetAsync(LatestKind, $"{symbol}.{type}", cancellation) is not { } kept)
        {
            return null;
        }

        var measure = level ?? KingFisherLevels.Of(type);
        using var document = JsonDocument.Parse(kept.Content);
        return new KingFisherRecord(kept.At, measure, _door.Time.GetUtcNow() - kept.At <= measure.Ttl(), document.RootElement.Clone());
    }

    public void Dispose() => _turn.Dispose();

    private async ValueTask<KingFisherOutcome> RunAsync(KingFisherImage image, CancellationToken cancellation)
    {
        if (image.Fault() is { } fault)
        {
            return Failed(image, fault, KingFisherOutcome.Refused);
        }

        _state = _state with { LastImage = Step(image, image.ToString()), Images = _state.Images + 1 };
        if (!_isChecked && await CheckAsync(cancellation) is { } why)
        {
            return Failed(image, why, KingFisherOutcome.NotWritten);
        }

        var isNew = false;
        var analysis = await KnownAsync(image, cancellation);
        if (analysis is null)
        {
            (analysis, var problem) = await AnalyseAsync(image, cancellation);
            if (analysis is null)
            {
                return Failed(image, problem!, KingFisherOutcome.NotAnalysed);
            }

            isNew = true;
        }

        _state = _state with { LastAnalysis = Step(image, isNew ? "analysed" : "known already: the same image was analysed before") };
        var outcome = await WriteAsync(image, analysis.Value, cancellation);
        if (isNew)
        {
            await AnnounceAsync(image, analysis.Value, cancellation);
        }

        return outcome;
    }

    private async ValueTask<JsonElement?> KnownAsync(KingFisherImage image, CancellationToken cancellation)
    {
        if (await _records.GetAsync(AnalysisKind, image.Id, cancellation) is not { } kept)
        {
            return null;
        }

        using var document = JsonDocument.Parse(kept.Content);
        return document.RootElement.Clone();
    }

    private async ValueTask<(JsonElement? Analysis, string? Problem)> AnalyseAsync(KingFisherImage image, CancellationToken cancellation)
    {
        _state = _state with { Analyses = _state.Analyses + 1 };
        var answer = await _door.SendAsync(
            new DeskMessage("kingfisher", "POST", $"/analyze?type={image.Type}&symbol={image.Symbol}")
            {
                Client = "kingfisher",
                Deadline = _options.AnalysisDeadline,
                Headers = [new HeaderField("Content-Type", image.MediaType!)],
                Body = image.Bytes,
            },
            cancellation);
        if (!answer.IsData)
        {
            return (null, $"the analyser gave no answer: {AirtableRecords.Why(answer)}");
        }

        try
        {
            using var document = JsonDocument.Parse(answer.Body);
            if (document.RootElement.ValueKind != JsonValueKind.Object)
            {
                return (null, "the analyser's answer is no JSON object");
            }

            // It is kept and written to Airtable, now and by the next process.
            if (!JsonText.IsReadable(answer.Body.Span))
            {
                return (null, "the analyser's answer holds text that is no Unicode");
            }

            var now = _door.Time.GetUtcNow();
            await _records.PutAsync(
                [new StoredRecord(AnalysisKind, image.Id, now, answer.Body), new StoredRecord(LatestKind, $"{image.Symbol}.{image.Type}", now, answer.Body)], cancellation);
            return (document.RootElement.Clone(), null);
        }
        catch (JsonException)
        {
            return (null, "the analyser's answer is no JSON");
        }
    }

    private async ValueTask<KingFisherOutcome> WriteAsync(KingFisherImage image, JsonElement analysis, CancellationToken cancellation)
    {
        // Noted before it is sent: after a crash nobody knows whether Airtable has it, and two records of one image are worse than a look.
        if (!await _records.TryAddAsync(new StoredRecord(WriteKind, image.Id, _door.Time.GetUtcNow(), default), cancellation))
        {
            return KingFisherOutcome.Known;
        }

        var answer = await _airtable.WriteAsync(image, analysis, cancellation);
        if (answer.IsData)
        {
            _state = _state with { LastWrite = Step(image, $"written to {_options.Table}"), Writes = _state.Writes + 1 };
            return KingFisherOutcome.Written;
        }

        if (answer.IsOutcomeUnknown)
        {
            return Failed(image, $"whether Airtable has the record is not known: {AirtableRecords.Why(answer)}", KingFisherOutcome.WriteUnknown);
        }

        await _records.DeleteAsync(WriteKind, image.Id, cancellation);
        return Failed(image, $"Airtable did not take the record: {AirtableRecords.Why(answer)}", KingFisherOutcome.NotWritten);
    }

    private async ValueTask AnnounceAsync(KingFisherImage image, JsonElement analysis, CancellationToken cancellation)
    {
        var now = _door.Time.GetUtcNow();
        if (_alerts is null || !_announcements.TryTake(now))
        {
            return;
        }

        var says = string.Join(", ", analysis.EnumerateObject().Where(member => member.Value.ValueKind is JsonValueKind.String or JsonValueKind.Number && member.Name is not ("symbol" or "type")).Take(8).Select(member => $"{member.Name} {member.Value}"));
        var summary = $"{image.Symbol} {image.Type}: {says}";
        await _alerts.RaiseAsync(
            new Alert("kingfisher", image.Type, image.Symbol, now, now) { Html = System.Net.WebUtility.HtmlEncode(summary[..Math.Min(summary.Length, 1_000)]), Summary = summary[..Math.Min(summary.Length, 1_000)] },
            cancellation);
    }

    private async ValueTask<string?> CheckAsync(CancellationToken cancellation)
    {
        var why = await _airtable.CheckAsync(cancellation);
        _isChecked = why is null;
        if (why is not null)
        {
            _state = _state with { LastError = new KingFisherStep(_door.Time.GetUtcNow(), "", "", why) };
        }

        return why;
    }

    private KingFisherOutcome Failed(KingFisherImage image, string why, KingFisherOutcome outcome)
    {
        _state = _state with { LastError = Step(image, why), Errors = _state.Errors + 1 };
        return outcome;
    }

    private KingFisherStep Step(KingFisherImage image, string detail) => new(_door.Time.GetUtcNow(), Short(image.Symbol), Short(image.Type), detail);

    private static string Short(string text) => text.Length <= 32 ? text : text[..32];

    private ValueTask KeepStateAsync(CancellationToken cancellation) =>
        _records.PutAsync([new StoredRecord(StateKind, "state", _door.Time.GetUtcNow(), JsonSerializer.SerializeToUtf8Bytes(_state))], cancellation);
}
