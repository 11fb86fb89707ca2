using System.Security.Cryptography;
using Headgate.Caching;
using Microsoft.Data.Sqlite;

namespace Headgate.Storage.Sqlite;

/// <summary>The entry store's writing connection.</summary>
internal sealed class EntrySession : WriteSession
{
    // What a row, its keys and its share of indexes cost on disk besides body and item text, rounded up.
    private const int RowBytes = 512;

    // Envelopes that hold a changing text (a server time) are new with every call; unused ones are swept each time so many were added.
    private const int EnvelopesBetweenSweeps = 1_024;

    private readonly Statement _find;
    private readonly Statement _insert;
    private readonly Statement _delete;
    private readonly Statement _findEnvelope;
    private readonly Statement _addEnvelope;
    private readonly Statement _entitle;
    private readonly Statement _use;

    private readonly EntryStoreOptions _options;
    private readonly BodyFiles _bodies;
    private readonly TimeProvider _time;
    private readonly Dictionary<UInt128, long> _envelopes = [];
    private readonly List<string> _written = [];
    private readonly List<string> _dropped = [];
    private readonly EntryBounds _bounds;
    private readonly EntryResets _resets;
    private int _envelopesAdded;

    public EntrySession(SqliteConnection connection, string path, EntryStoreOptions options, BodyFiles bodies, TimeProvider time)
        : base(connection, path)
    {
        _options = options;
        _bodies = bodies;
        _time = time;
        _find = Prepare(
            "SELECT id, version, body_file, kind, size FROM entries WHERE endpoint = ?1 AND owner_high = ?2 AND owner_low = ?3 AND item = ?4", 4);
        _insert = Prepare(
            """
            INSERT INTO entries (
                endpoint, owner_high, owner_low, item, kind, version, status, content_type, content_coding, headers, as_of, as_of_offset, sent_at,
                fresh_until, stale_until, envelope_id, envelope_sent_at, body, body_file, body_hash, plain, size, stored_ms, used_ms)
            VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18, ?19, ?20, ?21, ?22, ?23, ?23)
            """, 23);
        _delete = Prepare("DELETE FROM entries WHERE id = ?1", 1);
        _findEnvelope = Prepare("SELECT id FROM envelopes WHERE hash = ?1", 1);
        _addEnvelope = Prepare("INSERT INTO envelopes (hash, prefix, separator, suffix) VALUES (?1, ?2, ?3, ?4) RETURNING id", 4);
        _entitle = Prepare(
            """
            INSERT INTO entitlements (provider, class, credential_high, credential_low, until) VALUES (?1, ?2, ?3, ?4, ?5)
            ON CONFLICT DO UPDATE SET until = excluded.until
            """, 5);
        _use = Prepare("UPDATE entries SET used_ms = max(used_ms, ?2) WHERE id = ?1", 2);
        _bounds = new EntryBounds(Prepare, options);
        _resets = new EntryResets(Prepare);
    }

    public override void Begin()
    {
        _written.Clear();
        _dropped.Clear();
        base.Begin();
    }

    /// <summary>Prunes, commits, and only then deletes the files of bodies that are no longer named.</summary>
    public override void Commit()
    {
        var pruned = _bounds.Apply(_time.GetUtcNow(), _dropped);
        if (pruned || _envelopesAdded >= EnvelopesBetweenSweeps)
        {
            _envelopesAdded = 0;
            _envelopes.Clear();
            SqliteFile.Execute(Connection, "DELETE FROM envelopes WHERE id NOT IN (SELECT envelope_id FROM entries WHERE envelope_id IS NOT NULL)");
        }

        base.Commit();
        _written.Clear();
        Delete(_dropped);
        if (pruned)
        {
            SqliteFile.Execute(Connection, "PRAGMA incremental_vacuum");
        }
    }

    public override void Rollback()
    {
        base.Rollback();
        Delete(_written);
    }

    public void Apply(WriteBatch batch)
    {
        if (batch.PurgeEntries)
        {
            Purge();
        }

        foreach (var (provider, origin) in batch.Resets)
        {
            _resets.Apply(provider, origin, _bounds, _dropped);
        }

        foreach (var write in batch.Writes.Values)
        {
            Apply(write);
        }

        if (batch.PurgeEntitlements)
        {
            SqliteFile.Execute(Connection, "DELETE FROM entitlements");
        }

        foreach (var entitlement in batch.Entitlements.Values)
        {
            var (high, low) = EntryRow.Halves(entitlement.Credential);
            _entitle.Run(entitlement.Provider, entitlement.Class, high, low, entitlement.Until.Ticks);
        }

        var now = _time.GetUtcNow().ToUnixTimeMilliseconds();
        foreach (var row in batch.Used)
        {
            _use.Run(row, now);
        }
    }

    private void Apply(PendingWrite write)
    {
        var (high, low) = EntryRow.Halves(write.Key.Owner);
        long? old = null;
        using (var row = _find.Read(write.Key.Endpoint, high, low, write.Key.Id))
        {
            if (row.Read())
            {
                if (!write.RemoveFirst && row.GetInt64(1) >= write.Entry!.Version)
                {
                    return;
                }

                old = row.GetInt64(0);
                _bounds.Removed((EntryKind)row.GetInt64(3), row.GetInt64(4));
                if (!row.IsDBNull(2))
                {
                    _dropped.Add(row.GetString(2));
                }
            }
        }

        if (old is { } id)
        {
            _delete.Run(id);
        }

        if (write.Entry is { } entry)
        {
            Insert(entry, high, low);
        }
    }

    private void Insert(Entry entry, long high, long low)
    {
        var kind = _options.KindOf(entry);
        var inline = entry.Body.Length <= _options.InlineBytesMax;
        string? file = null;
        if (!inline)
        {
            file = _bodies.Write(entry.Body);
            _written.Add(file);
        }

        var plain = kind == EntryKind.History && (!inline || entry.ContentCoding is not null) ? PlainText.Of(entry) : null;
        var headers = EntryRow.Text(entry.Headers);
        var size = RowBytes + (long)entry.Body.Length + entry.Key.Id.Length + (plain?.Length ?? 0) + (headers?.Length ?? 0);
        _insert.Run(
            entry.Key.Endpoint, high, low, entry.Key.Id, (long)kind, entry.Version, (long)entry.Status, entry.ContentType, entry.ContentCoding, headers,
            entry.AsOf?.Ticks, entry.AsOf is { } asOf ? (long)asOf.Offset.TotalMinutes : null, entry.SentAt.Ticks, entry.FreshUntil.Ticks, entry.StaleUntil.Ticks,
            entry.Envelope is { } envelope ? EnvelopeId(envelope) : null, entry.Envelope?.SentAt.Ticks,
            inline ? entry.Body.ToArray() : null, file, inline ? null : BodyFiles.Hash(entry.Body.Span), plain,
            size, _time.GetUtcNow().ToUnixTimeMilliseconds());
        _bounds.Added(kind, size);
    }

    private long EnvelopeId(Envelope envelope)
    {
        var hash = Hash(envelope);
        var number = System.Buffers.Binary.BinaryPrimitives.ReadUInt128BigEndian(hash);
        if (_envelopes.TryGetValue(number, out var known))
        {
            return known;
        }

        if (_findEnvelope.Scalar(hash) is not long id)
        {
            id = (long)_addEnvelope.Scalar(hash, envelope.Prefix.ToArray(), envelope.Separator.ToArray(), envelope.Suffix.ToArray())!;
            _envelopesAdded++;
        }

        // Bounded by the sweep, which empties it.
        _envelopes[number] = id;
        return id;
    }

    private void Purge()
    {
        using (var statement = new Statement(Connection, "SELECT body_file FROM entries WHERE body_file IS NOT NULL", 0))
        using (var row = statement.Read())
        {
            while (row.Read())
            {
                _dropped.Add(row.GetString(0));
            }
        }

        SqliteFile.Execute(Connection, "DELETE FROM entries");
        _bounds.Cleared();
    }

    private void Delete(List<string> files)
    {
        foreach (var file in files)
        {
            _bodies.Delete(file);
        }

        files.Clear();
    }

    /// <summary>Lengths go into the hash, so that no two divisions of the same bytes fall together.</summary>
    private static byte[] Hash(Envelope envelope)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var part in (ReadOnlySpan<ReadOnlyMemory<byte>>)[envelope.Prefix, envelope.Separator, envelope.Suffix])
        {
            hash.AppendData(BitConverter.GetBytes(part.Length));
            hash.AppendData(part.Span);
        }

        return hash.GetHashAndReset()[..16];
    }
}
