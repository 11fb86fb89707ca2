using System.Security.Cryptography;
using System.Text;
using Dapper;
using Microsoft.Data.Sqlite;

namespace Headgate.Strategies.Store.Import;

/// <summary>The store's data version: a hash chain over everything ever taken in, so that two stores agree only with the same history.</summary>
internal static class DataVersion
{
    public static void Advance(SqliteConnection connection, SqliteTransaction transaction, string what)
    {
        var before = connection.QuerySingle<string>("SELECT value FROM db_metadata WHERE key = 'data_version'", transaction: transaction);
        var after = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{before}\n{what}")))[..16];
        connection.Execute("UPDATE db_metadata SET value = @after WHERE key = 'data_version'", new { after }, transaction);
    }
}
