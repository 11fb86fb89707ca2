namespace Headgate.Desk.Fleet.Exchange;

/// <summary>A value, or why there is none.</summary>
/// <param name="Value">The value; null where there is none.</param>
/// <param name="Problem">One sentence; null where there is a value.</param>
public readonly record struct Answered<T>(T? Value, string? Problem)
    where T : class
{
    public static Answered<T> Of(T value) => new(value, null);

    public static Answered<T> None(string problem) => new(null, problem);
}
