namespace Headgate.Desk.Crypto.KingFisher;

/// <summary>What became of an image.</summary>
public enum KingFisherOutcome
{
    /// <summary>Analysed and written.</summary>
    Written,

    /// <summary>Analysed and written before: nothing was called.</summary>
    Known,

    /// <summary>Not an image that is taken.</summary>
    Refused,

    /// <summary>The analyser gave no answer that can be used; sending the image again tries again.</summary>
    NotAnalysed,

    /// <summary>Analysed, but Airtable did not take the record; sending the image again writes it without another analysis.</summary>
    NotWritten,

    /// <summary>Analysed, and whether Airtable has the record nobody knows: look before sending it again; the pipeline will not.</summary>
    WriteUnknown,
}
