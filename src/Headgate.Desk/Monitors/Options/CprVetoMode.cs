using System.ComponentModel;

namespace Headgate.Desk.Monitors.Options;

/// <summary>Whether the central pivot range may veto selling (<c>CPR_VETO_MODE</c>): <c>off</c>, <c>outside-only</c>, <c>strict</c>.</summary>
[TypeConverter(typeof(CprVetoModeWords))]
public enum CprVetoMode
{
    /// <summary>Never: what it says is a risk factor. The range is so narrow by construction that nearly every day would be vetoed.</summary>
    Off,

    /// <summary>Only when the index is outside the range; a very narrow range is a risk factor.</summary>
    OutsideOnly,

    /// <summary>Also when the index is inside a very narrow range: the replaced system's rule.</summary>
    Strict,
}
