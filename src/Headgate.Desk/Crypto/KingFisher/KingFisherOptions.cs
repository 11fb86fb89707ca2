namespace Headgate.Desk.Crypto.KingFisher;

/// <summary>Where KingFisher keeps its records, and under which names.</summary>
public sealed record KingFisherOptions
{
    /// <summary>Airtable base id, as <c>appXXXXXXXXXXXXXX</c>.</summary>
    public required string Base { get; init; }

    /// <summary>Table of the records; default <c>KingFisher</c>.</summary>
    public string Table { get; init; } = "KingFisher";

    /// <summary>Airtable field by member of the analyser's answer; <c>image</c> is the image's own hash. A member that an answer lacks is left out of its record.</summary>
    public IReadOnlyDictionary<string, string> Fields { get; init; } = new SortedDictionary<string, string>(StringComparer.Ordinal)
    {
        ["symbol"] = "Symbol",
        ["type"] = "Type",
        ["image"] = "Image",
        ["analysedAt"] = "Analysed At",
        ["longLiquidations"] = "Long Liquidations",
        ["shortLiquidations"] = "Short Liquidations",
        ["trend"] = "Trend",
        ["sentiment"] = "Sentiment",
        ["price"] = "Price",
    };

    /// <summary>Whether each new analysis goes out as an alert, by the channels of <c>desk:alerts</c>. Default false.</summary>
    public bool Announce { get; init; }

    /// <summary>Alerts of analyses in 60 s at most, for all symbols together; default 30. Beyond it an analysis is written but not announced.</summary>
    public int AlertsPerMinute { get; init; } = 30;

    /// <summary>How long one analysis may take, waiting for its turn included; default 2 min.</summary>
    public TimeSpan AnalysisDeadline { get; init; } = TimeSpan.FromMinutes(2);
}
