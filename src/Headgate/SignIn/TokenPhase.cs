namespace Headgate.SignIn;

/// <summary>Where a refresh token is in its one life.</summary>
internal enum TokenPhase
{
    /// <summary>Not redeemed yet: may be.</summary>
    Stored,

    /// <summary>About to be redeemed, or redeemed without its successor being stored: whoever finds this must not redeem it.</summary>
    Redeeming,

    /// <summary>Redeemed, or perhaps redeemed, and its successor never came.</summary>
    Lost,

    /// <summary>The login refused it.</summary>
    Revoked,
}
