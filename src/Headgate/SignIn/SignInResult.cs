namespace Headgate.SignIn;

/// <summary>How asking for a sign-in ended: a grant, a refusal, or neither where none is configured (the call goes as it is).</summary>
internal readonly record struct SignInResult(SignInGrant? Grant, Refusal? Refusal);
