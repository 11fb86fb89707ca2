namespace Headgate.Storage.Sqlite;

/// <summary>Ends everything stored of a provider and notes where what follows comes from. Used by the writer alone, within its transaction.</summary>
internal sealed class EntryResets
{
    private readonly Statement _find;
    private readonly Statement _delete;
    private readonly Statement _unentitle;
    private readonly Statement _note;

    public EntryResets(Func<string, int, Statement> prepare)
    {
        // Endpoints are "provider.name": a range of the index, since "/" follows ".".
        _find = prepare("SELECT kind, size, body_file FROM entries WHERE endpoint >= ?1 || '.' AND endpoint < ?1 || '/'", 1);
        _delete = prepare("DELETE FROM entries WHERE endpoint >= ?1 || '.' AND endpoint < ?1 || '/'", 1);
        _unentitle = prepare("DELETE FROM entitlements WHERE provider = ?1", 1);
        _note = prepare(
            "INSERT INTO origins (provider, high, low) VALUES (?1, ?2, ?3) ON CONFLICT DO UPDATE SET high = excluded.high, low = excluded.low", 3);
    }

    /// <summary>The files of bodies that went are added to <paramref name="dropped"/>.</summary>
    public void Apply(string provider, IdentityHash origin, EntryBounds bounds, List<string> dropped)
    {
        using (var row = _find.Read(provider))
        {
            while (row.Read())
            {
                bounds.Removed((EntryKind)row.GetInt64(0), row.GetInt64(1));
                if (!row.IsDBNull(2))
                {
                    dropped.Add(row.GetString(2));
                }
            }
        }

        _delete.Run(provider);
        _unentitle.Run(provider);
        var (high, low) = EntryRow.Halves(origin);
        _note.Run(provider, high, low);
    }
}
