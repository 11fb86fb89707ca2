namespace Headgate.Simulation;

/// <summary>Design §1.10: a refusal sends nothing, charges nothing and stores nothing.</summary>
internal sealed class RefusalsChangeNothing(SoakScene scene) : IInvariant
{
    public string Name => "a refusal changes no state";

    public void Answered(SoakAnswer answer)
    {
        if (answer is { Kind: FetchKind.Refused, IsInline: true, Changed: { } changed })
        {
            scene.Fail(this, $"{answer.Ask} was refused ({answer.Refusal!.Kind}) and changed {changed}");
        }
    }
}
