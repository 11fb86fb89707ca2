using Xunit;

namespace Headgate.Testing;

/// <summary>A fact that is skipped where the shared inputs are absent.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class SharedFactAttribute : FactAttribute
{
    public SharedFactAttribute() => Skip = SharedFiles.Root is null ? "needs ../shared" : null;
}
