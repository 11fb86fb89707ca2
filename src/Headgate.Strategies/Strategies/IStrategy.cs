namespace Headgate.Strategies;

/// <summary>
/// A strategy: a pure function of its parameters and daily data. Implement it in an assembly of your own, put the assembly into the plug-in
/// folder, and it appears in the API, the command line and the dashboard; a class needs a public constructor without parameters.
/// Instances are shared and must be safe for concurrent runs.
/// </summary>
public interface IStrategy
{
    /// <summary>snake_case, unique.</summary>
    string Name { get; }

    string Description { get; }

    /// <summary>Raise it when results change: it is part of the result cache's key.</summary>
    string Version { get; }

    /// <summary>What forms ask for.</summary>
    IReadOnlyList<ParameterDefinition> Parameters { get; }

    /// <summary>Optional switches, accepted beside the parameters; a setting at its default leaves a run's identity unchanged.</summary>
    IReadOnlyList<ParameterDefinition> Settings => [];

    /// <summary>Rules between parameters; the text of the first one broken, or null.</summary>
    string? CheckTogether(ParameterValues values) => null;

    /// <summary>Runs over the whole history of the source. Expected trouble is <see cref="StrategyResult.Failed"/>, never an exception.</summary>
    Task<StrategyResult> RunAsync(StrategyContext context, CancellationToken cancellation);
}
