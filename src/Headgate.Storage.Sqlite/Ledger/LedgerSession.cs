using Headgate.Budgets;
using Headgate.SignIn;
using Microsoft.Data.Sqlite;

namespace Headgate.Storage.Sqlite;

/// <summary>The ledger's writing connection: what each operation does to the tables.</summary>
internal sealed class LedgerSession : WriteSession
{
    // Far above any real window; keeps sums of hostile or mistaken figures inside 64 bits.
    internal const long PermitsMax = 1_000_000_000_000_000;

    // Windows of one limit follow each other, so one with this many younger siblings is over even if the wall clock is stepped back by hours.
    private const int WindowsKept = 512;

    private static readonly long Day = TimeSpan.TicksPerDay;
    private static readonly long CompactAge = 400 * TimeSpan.TicksPerDay;
    private static readonly long PruneEvery = TimeSpan.TicksPerSecond;
    private static readonly long CompactEvery = TimeSpan.TicksPerHour;

    private readonly Statement _hold;
    private readonly Statement _settle;
    private readonly Statement _total;
    private readonly Statement _raise;
    private readonly Statement _releasable;
    private readonly Statement _takeReleasable;
    private readonly Statement _forgetReleasable;
    private readonly Statement _giveBack;
    private readonly Statement _closure;
    private readonly Statement _call;
    private readonly Statement _clock;
    private readonly Statement _meta;
    private readonly Statement _pruneHolds;
    private readonly Statement _pruneReleasable;
    private readonly Statement _getToken;
    private readonly Statement _putToken;
    private readonly Statement _addToken;
    private readonly Statement _replaceToken;

    private ClockMark? _mark;
    private long _nextId;
    private long _now;
    private long _prunedAt;
    private long _compactedAt;

    public LedgerSession(SqliteConnection connection, string path)
        : base(connection, path)
    {
        _hold = Prepare(
            "INSERT INTO holds (charge_id, seq, limit_key, permits, sent_at, timeout, window, first_byte_at, expires_at) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)", 9);
        _settle = Prepare(
            "UPDATE holds SET first_byte_at = ?2, expires_at = max(expires_at, ?2 + window) WHERE charge_id = ?1 AND first_byte_at IS NULL", 2);
        _total = Prepare(
            """
            INSERT INTO window_totals (limit_key, window_id, used, touched_at) VALUES (?1, ?2, ?3, ?4)
            ON CONFLICT DO UPDATE SET used = min(used + excluded.used, 1000000000000000), touched_at = max(touched_at, excluded.touched_at)
            """, 4);
        _raise = Prepare(
            """
            INSERT INTO window_totals (limit_key, window_id, used, touched_at) VALUES (?1, ?2, ?3, ?4)
            ON CONFLICT DO UPDATE SET used = max(used, excluded.used), touched_at = max(touched_at, excluded.touched_at)
            """, 4);
        _releasable = Prepare("INSERT INTO releasable (charge_id, limit_key, window_id, permits, expires_at) VALUES (?1, ?2, ?3, ?4, ?5)", 5);
        _takeReleasable = Prepare("UPDATE releasable SET permits = permits - ?4 WHERE charge_id = ?1 AND limit_key = ?2 AND window_id = ?3 AND permits >= ?4", 4);
        _forgetReleasable = Prepare("DELETE FROM releasable WHERE limit_key = ?1 AND window_id = ?2", 2);
        _giveBack = Prepare("UPDATE window_totals SET used = max(0, used - ?3) WHERE limit_key = ?1 AND window_id = ?2", 3);
        _closure = Prepare(
            """
            INSERT INTO closures (key, until, strikes, reason) VALUES (?1, ?2, ?3, ?4)
            ON CONFLICT DO UPDATE SET until = excluded.until, strikes = excluded.strikes, reason = excluded.reason WHERE excluded.until >= until
            """, 4);
        _call = Prepare("INSERT INTO call_totals (label, day, calls) VALUES (?1, ?2, 1) ON CONFLICT DO UPDATE SET calls = calls + 1", 2);
        _clock = Prepare(
            """
            INSERT INTO clock (id, boot_id, timestamp, engine_ticks) VALUES (1, ?1, ?2, ?3)
            ON CONFLICT DO UPDATE SET boot_id = excluded.boot_id, timestamp = excluded.timestamp, engine_ticks = excluded.engine_ticks
            WHERE excluded.engine_ticks >= engine_ticks
            """, 3);
        _meta = Prepare("INSERT INTO meta (key, value) VALUES (?1, ?2) ON CONFLICT DO UPDATE SET value = max(value, excluded.value)", 2);
        _pruneHolds = Prepare("DELETE FROM holds WHERE expires_at < ?1", 1);
        _pruneReleasable = Prepare("DELETE FROM releasable WHERE expires_at < ?1", 1);
        _getToken = Prepare("SELECT token, state, stored_at FROM secrets_tokens WHERE provider = ?1", 1);
        _putToken = Prepare(
            """
            INSERT INTO secrets_tokens (provider, token, state, stored_at) VALUES (?1, ?2, ?3, ?4)
            ON CONFLICT DO UPDATE SET token = excluded.token, state = excluded.state, stored_at = excluded.stored_at
            """, 4);
        _addToken = Prepare("INSERT INTO secrets_tokens (provider, token, state, stored_at) VALUES (?1, ?2, ?3, ?4) ON CONFLICT DO NOTHING", 4);
        _replaceToken = Prepare("UPDATE secrets_tokens SET token = ?2, state = ?3, stored_at = ?4 WHERE provider = ?1 AND token = ?5 AND state = ?6", 6);
    }

    public override void Begin()
    {
        _mark = null;
        _nextId = 0;
        base.Begin();
    }

    /// <summary>Adds, once per transaction however many charges it holds, the clock, the next id and what is due of pruning.</summary>
    public override void Commit()
    {
        if (_mark is { } mark)
        {
            _clock.Run(mark.BootId, mark.Timestamp, mark.EngineTicks);
            _meta.Run(LedgerMeta.NextChargeId, _nextId);
            _now = Math.Max(_now, mark.EngineTicks);
            Prune();
        }

        base.Commit();
    }

    public void Charge(Charge charge)
    {
        var answeredBy = charge.SentAt + charge.Timeout;
        for (var i = 0; i < charge.Sliding.Count; i++)
        {
            var hold = charge.Sliding[i];
            Hold(new Hold(charge.Id, hold.LimitKey, hold.Permits, charge.SentAt, charge.Timeout, hold.Window, FirstByteAt: null), i);
        }

        for (var i = 0; i < charge.Calendar.Count; i++)
        {
            var share = charge.Calendar[i];
            Total(share.LimitKey, share.WindowId, share.Permits, charge.SentAt.Ticks);
            if (IsNearRoll(charge.Calendar, i))
            {
                _releasable.Run(charge.Id, share.LimitKey, share.WindowId, share.Permits, (answeredBy + TimeSpan.FromHours(1)).Ticks);
            }
        }

        _call.Run(charge.Label, charge.SentAt.Ticks / Day * Day);
        _nextId = Math.Max(_nextId, charge.Id + 1);
        if (_mark is null || charge.Clock.EngineTicks > _mark.EngineTicks)
        {
            _mark = charge.Clock;
        }
    }

    public void Hold(Hold hold, int sequence) => _hold.Run(
        hold.ChargeId, sequence, hold.LimitKey, hold.Permits, hold.SentAt.Ticks, hold.Timeout.Ticks, hold.Window.Ticks, hold.FirstByteAt?.Ticks,
        (EngineTime.Max(hold.SentAt + hold.Timeout, hold.FirstByteAt ?? default) + hold.Window).Ticks);

    public void Total(string limitKey, string windowId, long used, long touchedAt) => _total.Run(limitKey, windowId, used, touchedAt);

    public void Settle(long chargeId, EngineTime firstByteAt) => _settle.Run(chargeId, Math.Min(firstByteAt.Ticks, long.MaxValue / 2));

    /// <summary>Gives back no more than the charge took of that window, once, and nothing after the server itself has reported on the window.</summary>
    public void Release(long chargeId, string limitKey, string windowId, long permits)
    {
        if (_takeReleasable.Run(chargeId, limitKey, windowId, permits) == 1)
        {
            _giveBack.Run(limitKey, windowId, permits);
        }
    }

    public void Close(Closure closure) => _closure.Run(closure.Key, closure.Until.Ticks, closure.Strikes, closure.Reason);

    /// <summary>Whether the reported figure counts a releasable charge cannot be known, so from here on none of this window is given back.</summary>
    public void Raise(string limitKey, string windowId, long used, long touchedAt)
    {
        _raise.Run(limitKey, windowId, used, Math.Max(_now, touchedAt));
        _forgetReleasable.Run(limitKey, windowId);
    }

    public void Clock(ClockMark mark) => _clock.Run(mark.BootId, mark.Timestamp, mark.EngineTicks);

    public void Meta(string key, long value) => _meta.Run(key, value);

    public StoredToken? Token(string provider)
    {
        using var reader = _getToken.Read(provider);
        return reader.Read()
            ? new StoredToken(provider, reader.GetString(0), reader.GetString(1), new DateTimeOffset(reader.GetInt64(2), TimeSpan.Zero))
            : null;
    }

    /// <summary>Stores it in place of exactly what was expected; false when something else is there.</summary>
    public bool TryPutToken(StoredToken? expected, StoredToken token) => expected is null
        ? _addToken.Run(token.Name, token.Token, token.State, token.StoredAt.UtcTicks) == 1
        : _replaceToken.Run(token.Name, token.Token, token.State, token.StoredAt.UtcTicks, expected.Token, expected.State) == 1;

    public void PutToken(StoredToken token) => _putToken.Run(token.Name, token.Token, token.State, token.StoredAt.UtcTicks);

    /// <summary>Takes up the engine time the ledger last knew, and folds long-ended windows into their limit's total.</summary>
    public void Resume(long engineTicks)
    {
        _now = Math.Max(_now, engineTicks);
        Compact();
    }

    private static bool IsNearRoll(IReadOnlyList<CalendarCharge> shares, int index)
    {
        for (var i = 0; i < shares.Count; i++)
        {
            if (i != index && string.Equals(shares[i].LimitKey, shares[index].LimitKey, StringComparison.Ordinal))
            {
                return true;
            }
        }

        return false;
    }

    private void Prune()
    {
        if (_now - _prunedAt >= PruneEvery)
        {
            _prunedAt = _now;
            _pruneHolds.Run(_now);
            _pruneReleasable.Run(_now);
        }

        if (_now - _compactedAt >= CompactEvery)
        {
            Compact();
        }
    }

    private void Compact()
    {
        _compactedAt = _now;
        var old = Math.Max(0, _now - CompactAge);
        SqliteFile.Execute(
            Connection,
            $"""
            CREATE TEMP TABLE ended AS
                SELECT limit_key, window_id, used FROM (
                    SELECT limit_key, window_id, used, touched_at,
                        row_number() OVER (PARTITION BY limit_key ORDER BY touched_at DESC, window_id DESC) AS place
                    FROM window_totals)
                WHERE place > {WindowsKept} OR touched_at < {old};
            INSERT INTO limit_totals (limit_key, windows, used)
                SELECT limit_key, count(*), sum(used) FROM ended WHERE true GROUP BY limit_key
                ON CONFLICT DO UPDATE SET windows = windows + excluded.windows, used = min(used + excluded.used, {PermitsMax});
            DELETE FROM window_totals WHERE (limit_key, window_id) IN (SELECT limit_key, window_id FROM ended);
            DROP TABLE ended;
            DELETE FROM closures WHERE until < {old};
            DELETE FROM call_totals WHERE day < {old};
            """);
    }
}
