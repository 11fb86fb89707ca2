using Headgate.Catalogue;

namespace Headgate.SignIn;

/// <summary>The sign-in that the gate owns at one provider. Thread-safe.</summary>
internal interface ISignIn : IDisposable
{
    /// <summary>Is there anything to sign on with? Without it calls go as their callers sent them.</summary>
    bool IsSupplied { get; }

    /// <summary>Takes up what an earlier process left; called once, before any demand.</summary>
    ValueTask StartAsync();

    /// <summary>What a call is to carry; signs on when there is nothing that holds. One at a time, however many ask.</summary>
    ValueTask<SignInResult> EnsureAsync();

    /// <summary>The upstream refused a call that carried this.</summary>
    /// <returns>True when another sign-in is worth a try: the next <see cref="EnsureAsync"/> makes it.</returns>
    bool Refused(SignInGrant grant);

    /// <summary>A reload changed the definition.</summary>
    void Use(ProviderModel provider);
}
