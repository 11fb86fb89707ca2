using System.Collections;
using Headgate.Desk.Alerts;
using Headgate.Desk.Collectors;
using Headgate.Desk.Crypto;
using Headgate.Desk.Fleet;
using Headgate.Desk.Monitors;
using Microsoft.Extensions.Configuration;

namespace Headgate.Desk.Tests;

/// <summary>Whatever is set to whatever, a system of the desk is set up or says what cannot be used.</summary>
public sealed class MutatedSettingsTests
{
    private const int Times = 3_000;

    private static readonly string[] Odd =
    [
        "", " ", "0", "-1", "1", "99999999999999999999", "1e999", "NaN", "∞", "0.1", "1,5", "true", "maybe", "00:00:00", "-00:01:00", "00:01", "99999999.00:00:00", "10675199.02:48:05", "25:61", "09:25:00",
        "2026-02-30", "2026-11-20", "null", "a,b", ",,", "BTC-USD", "^NSEI", "\u0000", "\ud800", "é", "http://", "http://127.0.0.1:9", "on", "kite", "console", "{0}", "%s", "../..", "\n",
    ];

    public static TheoryData<string, Type> Sections() => new()
    {
        { "desk:alerts", typeof(AlertSettings) },
        { "desk", typeof(DeskMonitorOptions) },
        { "desk:collector", typeof(CollectorOptions) },
        { "desk:fleet", typeof(FleetOptions) },
        { "desk:crypto", typeof(CryptoOptions) },
    };

    [Theory]
    [MemberData(nameof(Sections))]
    public void Settings_are_used_or_refused_in_words(string section, Type options)
    {
        var random = new Random(20261201);
        List<string> keys = [];
        Collect(section, options, keys, 0);
        keys.Count.ShouldBeGreaterThan(4);
        var refused = 0;
        for (var i = 0; i < Times; i++)
        {
            var set = Enumerable.Range(0, random.Next(1, 4)).Select(_ => KeyValuePair.Create(keys[random.Next(keys.Count)], (string?)Odd[random.Next(Odd.Length)])).DistinctBy(pair => pair.Key, StringComparer.OrdinalIgnoreCase).ToList();
            var configuration = new ConfigurationBuilder().AddInMemoryCollection(set).Build();
            Should.NotThrow(
                () =>
                {
                    try
                    {
                        _ = section switch
                        {
                            "desk:alerts" => (object)AlertSettings.From(configuration),
                            "desk" => DeskMonitorOptions.From(configuration),
                            "desk:collector" => CollectorRules.Read(configuration),
                            "desk:fleet" => FleetSettings.From(configuration),
                            _ => CryptoOptions.From(configuration),
                        };
                    }
                    catch (FormatException said)
                    {
                        said.Message.ShouldNotBeNullOrWhiteSpace();
                        refused++;
                    }
                },
                string.Join("; ", set));
        }

        refused.ShouldBeInRange(Times / 10, Times - 1);
    }

    /// <summary>The names of all settings below a section, and some that go too deep or not deep enough.</summary>
    private static void Collect(string prefix, Type type, List<string> keys, int depth)
    {
        foreach (var property in type.GetProperties().Where(property => property.CanWrite && depth < 4))
        {
            var key = $"{prefix}:{property.Name}";
            var inner = Nullable.GetUnderlyingType(property.PropertyType) ?? property.PropertyType;
            keys.Add(key);
            if (inner != typeof(string) && typeof(IEnumerable).IsAssignableFrom(inner))
            {
                keys.Add($"{key}:0");
                keys.Add($"{key}:x");
                foreach (var element in inner.GetGenericArguments().Where(static element => !element.IsPrimitive && element != typeof(string)))
                {
                    Collect($"{key}:0", element, keys, depth + 1);
                    Collect($"{key}:x", element, keys, depth + 1);
                }
            }
            else if (inner.Namespace?.StartsWith("Headgate", StringComparison.Ordinal) == true && !inner.IsEnum)
            {
                Collect(key, inner, keys, depth + 1);
            }
            else
            {
                keys.Add($"{key}:0");
            }
        }
    }
}
