namespace Headgate.Storage.Sqlite;

/// <summary>Format of <c>cache.db</c>. Times named <c>…_at</c> and <c>…_until</c> are engine ticks (100 ns since year 1); <c>stored_ms</c> and <c>used_ms</c> are Unix milliseconds.</summary>
internal static class EntrySchema
{
    // Ticks between year 1 and 1970.
    private const string UnixEpochTicks = "621355968000000000";

    /// <summary>Every step of the format; a released step never changes.</summary>
    public static IReadOnlyList<string> Steps { get; } =
    [
        $"""
        CREATE TABLE envelopes (id INTEGER PRIMARY KEY, hash BLOB NOT NULL UNIQUE, prefix BLOB NOT NULL, separator BLOB NOT NULL, suffix BLOB NOT NULL);
        CREATE TABLE entries (
            id INTEGER PRIMARY KEY,
            endpoint TEXT NOT NULL, owner_high INTEGER NOT NULL, owner_low INTEGER NOT NULL, item TEXT NOT NULL,
            kind INTEGER NOT NULL, version INTEGER NOT NULL, status INTEGER NOT NULL, content_type TEXT, content_coding TEXT, headers TEXT,
            as_of INTEGER, as_of_offset INTEGER, sent_at INTEGER NOT NULL, fresh_until INTEGER NOT NULL, stale_until INTEGER NOT NULL,
            envelope_id INTEGER, envelope_sent_at INTEGER,
            body BLOB, body_file TEXT, body_hash BLOB, plain TEXT,
            size INTEGER NOT NULL, stored_ms INTEGER NOT NULL, used_ms INTEGER NOT NULL,
            UNIQUE (endpoint, owner_high, owner_low, item));
        CREATE INDEX entries_by_use ON entries (kind, used_ms, size);
        CREATE INDEX entries_by_age ON entries (sent_at, kind);
        CREATE INDEX entries_by_envelope ON entries (envelope_id) WHERE envelope_id IS NOT NULL;
        CREATE TABLE entitlements (
            provider TEXT NOT NULL, class TEXT NOT NULL, credential_high INTEGER NOT NULL, credential_low INTEGER NOT NULL, until INTEGER NOT NULL,
            PRIMARY KEY (provider, class, credential_high, credential_low)) WITHOUT ROWID;
        CREATE TABLE settings (key TEXT PRIMARY KEY, value TEXT NOT NULL, updated_at TEXT NOT NULL) WITHOUT ROWID;

        CREATE VIEW quote_cache (symbol, quote_data, cached_at, updated_at, timestamp) AS
            SELECT item, value, strftime('%Y-%m-%dT%H:%M:%fZ', seconds, 'unixepoch'), datetime(stored_ms / 1000, 'unixepoch'), CAST(seconds AS INTEGER)
            FROM (
                SELECT item, (SELECT value FROM json_each('{"{"}' || CAST(body AS TEXT) || '{"}"}') LIMIT 1) AS value,
                    (max(sent_at) - {UnixEpochTicks}) / 10000000.0 AS seconds, stored_ms
                FROM entries WHERE endpoint = 'kite.quote' AND kind = 0 AND envelope_id IS NOT NULL AND json_valid('{"{"}' || CAST(body AS TEXT) || '{"}"}')
                GROUP BY item);

        CREATE VIEW historical_cache (symbol, data, cached_at, candle_count) AS
            SELECT coalesce(names.symbol, token), candles, strftime('%Y-%m-%dT%H:%M:%fZ', seconds, 'unixepoch'), json_array_length(candles)
            FROM (
                SELECT substr(rest, 1, instr(rest, '/') - 1) AS token, json_extract(text, '$.data.candles') AS candles, seconds
                FROM (
                    SELECT substr(item, instr(item, '/historical/') + 12) || '/' AS rest, coalesce(plain, CAST(body AS TEXT)) AS text,
                        (sent_at - {UnixEpochTicks}) / 10000000.0 AS seconds
                    FROM entries
                    WHERE endpoint = 'kite.historical' AND kind = 2 AND (plain IS NOT NULL OR (body IS NOT NULL AND content_coding IS NULL)))
                WHERE json_valid(text)) AS history
            LEFT JOIN (
                SELECT symbol, CAST(json_extract(quote_data, '$.instrument_token') AS TEXT) AS number FROM quote_cache) AS names
                ON names.number = token;

        CREATE VIEW cache_metadata (key, value, updated_at) AS
            SELECT key, value, updated_at FROM settings
            UNION ALL
            SELECT 'last_refresh', cached_at, updated_at FROM (SELECT max(timestamp), cached_at, updated_at FROM quote_cache) WHERE cached_at IS NOT NULL;
        """,
        "CREATE TABLE origins (provider TEXT PRIMARY KEY, high INTEGER NOT NULL, low INTEGER NOT NULL) WITHOUT ROWID;",
        $"""
        CREATE TABLE candle_series (
            id INTEGER PRIMARY KEY,
            endpoint TEXT NOT NULL, owner_high INTEGER NOT NULL, owner_low INTEGER NOT NULL, item TEXT NOT NULL,
            prefix BLOB NOT NULL, separator BLOB, suffix BLOB NOT NULL, content_type TEXT, headers TEXT, sent_at INTEGER NOT NULL,
            size INTEGER NOT NULL, used_ms INTEGER NOT NULL,
            UNIQUE (endpoint, owner_high, owner_low, item));
        CREATE INDEX candle_series_by_use ON candle_series (used_ms);
        CREATE TABLE candles (
            series INTEGER NOT NULL, bar INTEGER NOT NULL, row BLOB NOT NULL, PRIMARY KEY (series, bar)) WITHOUT ROWID;
        CREATE TABLE candle_coverage (
            series INTEGER NOT NULL, "from" INTEGER NOT NULL, "to" INTEGER NOT NULL, PRIMARY KEY (series, "from")) WITHOUT ROWID;

        DROP VIEW historical_cache;
        CREATE VIEW historical_cache (symbol, data, cached_at, candle_count) AS
            SELECT coalesce(names.symbol, token), candles, strftime('%Y-%m-%dT%H:%M:%fZ', seconds, 'unixepoch'), json_array_length(candles)
            FROM (
                SELECT substr(rest, 1, instr(rest, '/') - 1) AS token, json_extract(text, '$.data.candles') AS candles, seconds
                FROM (
                    SELECT substr(item, instr(item, '/historical/') + 12) || '/' AS rest, coalesce(plain, CAST(body AS TEXT)) AS text,
                        (sent_at - {UnixEpochTicks}) / 10000000.0 AS seconds
                    FROM entries
                    WHERE endpoint = 'kite.historical' AND kind = 2 AND (plain IS NOT NULL OR (body IS NOT NULL AND content_coding IS NULL)))
                WHERE json_valid(text)
                UNION ALL
                SELECT substr(rest, 1, instr(rest, '/') - 1), candles, seconds
                FROM (
                    SELECT substr(item, instr(item, '/historical/') + 12) || '/' AS rest, (sent_at - {UnixEpochTicks}) / 10000000.0 AS seconds,
                        (SELECT '[' || coalesce(group_concat(CAST(row AS TEXT), ','), '') || ']'
                            FROM (SELECT row FROM candles WHERE series = candle_series.id ORDER BY bar)) AS candles
                    FROM candle_series WHERE endpoint = 'kite.historical')) AS history
            LEFT JOIN (
                SELECT symbol, CAST(json_extract(quote_data, '$.instrument_token') AS TEXT) AS number FROM quote_cache) AS names
                ON names.number = token;
        """,
    ];
}
