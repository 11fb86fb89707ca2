using Xunit;

namespace Headgate.Testing;

/// <summary>A theory that is skipped where the shared inputs are absent.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class SharedTheoryAttribute : TheoryAttribute
{
    public SharedTheoryAttribute() => Skip = SharedFiles.Root is null ? "needs ../shared" : null;
}
