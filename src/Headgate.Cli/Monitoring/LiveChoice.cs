namespace Headgate.Cli.Monitoring;

/// <summary>A system that was asked for.</summary>
/// <param name="System">The system, not started yet.</param>
/// <param name="Parts">Which of its parts.</param>
internal sealed record LiveChoice(ILiveSystem System, IReadOnlyList<string> Parts)
{
    public override string ToString() => Parts.Count == 0 ? System.Name : $"monitors: {string.Join(", ", Parts)}";
}
