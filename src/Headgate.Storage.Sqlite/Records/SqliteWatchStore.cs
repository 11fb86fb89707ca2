using Headgate.Refresh;

namespace Headgate.Storage.Sqlite;

/// <summary>Watches in <c>records.db</c>, one row each. Thread-safe.</summary>
internal sealed class SqliteWatchStore(SqliteRecordStore records) : IWatchStore
{
    public async ValueTask<StoredWatches> LoadAsync(CancellationToken cancellation) => await records.ReadAsync(
        static connection =>
        {
            var watches = new List<Watch>();
            using (var statement = new Statement(connection, "SELECT name, provider, target, interval_ticks, priority FROM watches ORDER BY name", 0))
            using (var reader = statement.Read())
            {
                while (reader.Read())
                {
                    watches.Add(new Watch
                    {
                        Name = reader.GetString(0),
                        Provider = reader.GetString(1),
                        Target = reader.GetString(2),
                        Interval = reader.IsDBNull(3) ? null : TimeSpan.FromTicks(reader.GetInt64(3)),
                        Priority = Enum.Parse<WatchPriority>(reader.GetString(4)),
                    });
                }
            }

            var pins = new List<KeyValuePair<string, RefreshStrategy>>();
            using (var statement = new Statement(connection, "SELECT provider, strategy FROM refresh_pins ORDER BY provider", 0))
            using (var reader = statement.Read())
            {
                while (reader.Read())
                {
                    pins.Add(new(reader.GetString(0), Enum.Parse<RefreshStrategy>(reader.GetString(1))));
                }
            }

            return new StoredWatches(watches, pins);
        },
        cancellation);

    public async ValueTask PutAsync(Watch watch, CancellationToken cancellation) => await records.WriteAsync(
        session =>
        {
            session.PutWatch(watch);
            return true;
        },
        cancellation);

    public async ValueTask<bool> RemoveAsync(string name, CancellationToken cancellation) => await records.WriteAsync(session => session.RemoveWatch(name), cancellation);

    public async ValueTask PutPinAsync(string provider, RefreshStrategy? strategy, CancellationToken cancellation) => await records.WriteAsync(
        session =>
        {
            session.Pin(provider, strategy);
            return true;
        },
        cancellation);
}
