namespace Headgate.Strategies;

/// <summary>The type of a parameter, named in the API as the replaced platform names it.</summary>
public enum ParameterType
{
    /// <summary>"int": a whole number (1 and 1.0 are the same).</summary>
    Integer,

    /// <summary>"select": a whole number out of a list.</summary>
    Select,

    /// <summary>"float": a decimal number.</summary>
    Number,

    /// <summary>"str": a text.</summary>
    Text,

    /// <summary>"bool": true or false.</summary>
    Flag,
}
