namespace Headgate.Markets;

/// <summary>A place in a <see cref="Timeline"/>; <c>default</c> is "no such part".</summary>
internal readonly record struct PartRef(YearTable? Table, int Index)
{
    public bool Exists => Table is not null;

    public long Open => Table!.Opens[Index];

    public long Close => Table!.Closes[Index];

    public Session Session => Table!.SessionOfPart[Index];
}
