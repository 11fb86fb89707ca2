namespace Headgate.Markets;

/// <summary>Why a session has the hours it has.</summary>
public enum SessionKind
{
    /// <summary>The market's regular hours.</summary>
    Regular,

    /// <summary>An early close announced by the exchange.</summary>
    HalfDay,

    /// <summary>A session outside the regular pattern: a weekend budget session, a disaster-recovery drill.</summary>
    Special,

    /// <summary>The Diwali session of the Indian exchanges, about an hour, on a day that is otherwise a holiday.</summary>
    Muhurat,

    /// <summary>The one session of a market that never closes.</summary>
    Endless,
}
