using System.ComponentModel.DataAnnotations;
using Headgate.Strategies.Runs;
using Microsoft.Extensions.Configuration;

namespace Headgate.Cli.Serving;

/// <summary>Reads the section <c>strategies</c>.</summary>
internal static class StrategySettings
{
    /// <summary>The value of <see cref="StrategyPlatformOptions.Spot"/> that asks Kite Connect.</summary>
    public const string FromKite = "kite";

    /// <param name="configuration">The gate's.</param>
    /// <param name="folder">Where the platform keeps its files.</param>
    /// <exception cref="FormatException">A setting cannot be used; the message names all that cannot.</exception>
    public static StrategyPlatformOptions Read(IConfiguration configuration, string folder)
    {
        var options = new StrategyPlatformOptions
        {
            DefinitionFolder = Path.Combine(folder, "definitions"),
            PluginFolder = Path.Combine(folder, "plugins"),
        };
        try
        {
            configuration.GetSection("strategies").Bind(options);
        }
        catch (InvalidOperationException wrong)
        {
            throw new FormatException($"strategies: {wrong.InnerException?.Message ?? wrong.Message}", wrong);
        }

        options.DataDirectory = folder; // All durable state lies under the gate's data directory.
        var problems = new List<ValidationResult>();
        return Validator.TryValidateObject(options, new ValidationContext(options), problems, validateAllProperties: true)
            ? options
            : throw new FormatException(string.Join(Environment.NewLine, problems.Select(problem => $"strategies: {problem.ErrorMessage}")));
    }
}
