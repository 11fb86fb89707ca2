namespace Headgate.Simulation;

/// <summary>Design §1.9: an item that fails a whole call is its asker's affair; an item without its required members is not served and changes no other.</summary>
internal sealed class PoisonIsItsOwn(SoakScene scene) : IInvariant
{
    public string Name => "one symbol's poison is its own";

    public void Answered(SoakAnswer answer)
    {
        var ask = answer.Ask;
        if (ask.Items.Count == 0)
        {
            return;
        }

        if (answer is { Kind: FetchKind.Passed, Status: 400 } && !ask.Items.Any(IsBad))
        {
            scene.Fail(this, $"{ask} was passed an error that only a bad item of somebody else can have caused");
        }

        foreach (var item in answer.Items)
        {
            if (!item.IsNegative && ask.Path is "/strict" && IsBad(item.Id))
            {
                scene.Fail(this, $"{ask} was served the bad item {item.Id}");
            }

            if (!item.IsNegative && ask.Path is "/quote" or "/strict" && item.Text.Contains("\"HALF", StringComparison.Ordinal))
            {
                scene.Fail(this, $"{ask} was served {item.Id}, which lacks a required member");
            }
        }
    }

    private static bool IsBad(string item) => item.StartsWith("BAD", StringComparison.Ordinal);
}
