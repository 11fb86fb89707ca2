namespace Headgate.SignIn;

/// <summary>Something that only a person can mend. Holds no credential.</summary>
/// <param name="Key">What it is about, as <c>sign-in/questrade</c>; one alert per key is active at a time.</param>
/// <param name="Since">When it was raised.</param>
/// <param name="Message">What happened and what it means, in one or two sentences.</param>
/// <param name="Remedy">What to do.</param>
public sealed record OperatorAlert(string Key, EngineTime Since, string Message, string Remedy)
{
    public override string ToString() => $"{Message} {Remedy}";
}
