using Headgate.Catalogue;

namespace Headgate.Dispatch;

/// <summary>Modes switched at run time, per gate, provider, limit or client. The most cautious one that applies holds. Thread-safe.</summary>
/// <remarks>Bypass is more cautious than shadow, and shadow than on. A mode set for a provider takes the place of its definition's.</remarks>
public sealed class ModeBook
{
    private readonly Lock _gate = new();

    // Replaced whole: every demand looks, and only an operator ever sets one.
    private Dictionary<ModeScope, GateMode> _modes = [];

    /// <summary>Told after each change.</summary>
    internal Action<ModeScope, GateMode?>? Changed { get; set; }

    /// <summary>What is set, in order of scope.</summary>
    public IReadOnlyList<KeyValuePair<ModeScope, GateMode>> All =>
        [.. Volatile.Read(ref _modes).OrderBy(pair => pair.Key.Kind).ThenBy(pair => pair.Key.Name, StringComparer.Ordinal)];

    /// <summary>Sets a mode, or takes it back with null.</summary>
    public void Set(ModeScope scope, GateMode? mode)
    {
        var key = scope with { Name = scope.Name.ToLowerInvariant() };
        lock (_gate)
        {
            Dictionary<ModeScope, GateMode> modes = new(_modes);
            if (mode is { } set)
            {
                modes[key] = set;
            }
            else
            {
                modes.Remove(key);
            }

            Volatile.Write(ref _modes, modes);
        }

        Changed?.Invoke(key, mode);
    }

    /// <summary>The mode of one demand. Allocates nothing while no mode is set.</summary>
    public GateMode Of(RequestPlan plan, string client)
    {
        var modes = Volatile.Read(ref _modes);
        if (modes.Count == 0)
        {
            return plan.Provider.Mode;
        }

        var mode = Find(modes, ModeScopeKind.Provider, plan.Provider.Name) ?? plan.Provider.Mode;
        mode = Stricter(mode, Find(modes, ModeScopeKind.Gate, ""));
        mode = Stricter(mode, Find(modes, ModeScopeKind.Client, client));
        foreach (var limit in plan.Endpoint.Limits)
        {
            mode = Stricter(mode, Find(modes, ModeScopeKind.Limit, limit.Id));
        }

        return mode;
    }

    private static GateMode Stricter(GateMode mode, GateMode? other) => other > mode ? other.Value : mode;

    private static GateMode? Find(Dictionary<ModeScope, GateMode> modes, ModeScopeKind kind, string name) =>
        modes.TryGetValue(new ModeScope(kind, name.ToLowerInvariant()), out var mode) ? mode : null;
}

/// <summary>What a mode is set for.</summary>
public enum ModeScopeKind
{
    Gate,
    Provider,
    Limit,
    Client,
}

/// <summary>One scope; the gate's has an empty name. Names ignore case.</summary>
public readonly record struct ModeScope(ModeScopeKind Kind, string Name)
{
    /// <summary>Everything.</summary>
    public static ModeScope Gate => new(ModeScopeKind.Gate, "");

    /// <summary>Reads <c>gate</c>, <c>provider/kite</c>, <c>limit/kite.quote</c> or <c>client/monitor</c>; null for anything else.</summary>
    public static ModeScope? Parse(string text)
    {
        if (string.Equals(text, "gate", StringComparison.OrdinalIgnoreCase))
        {
            return Gate;
        }

        var slash = text.IndexOf('/');
        return slash > 0 && slash < text.Length - 1 && text.Length <= 256 && Enum.TryParse<ModeScopeKind>(text[..slash], ignoreCase: true, out var kind)
            && kind != ModeScopeKind.Gate && !char.IsAsciiDigit(text[0])
            ? new ModeScope(kind, text[(slash + 1)..].ToLowerInvariant())
            : null;
    }

    /// <summary>As <see cref="Parse"/> reads it.</summary>
    public override string ToString() => Kind == ModeScopeKind.Gate ? "gate" : $"{Kind.ToString().ToLowerInvariant()}/{Name}";
}
