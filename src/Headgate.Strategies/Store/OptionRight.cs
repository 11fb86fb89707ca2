namespace Headgate.Strategies.Store;

/// <summary>Call, put, or none for futures. The numeric values are stored and never change.</summary>
public enum OptionRight
{
    /// <summary>A future (XX in the files).</summary>
    None = 0,

    /// <summary>CE, and CA of the American-style stock options before 2011.</summary>
    Call = 1,

    /// <summary>PE, and PA.</summary>
    Put = 2,
}
