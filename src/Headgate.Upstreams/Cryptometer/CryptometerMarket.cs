using System.Globalization;
using Headgate.Upstreams.Tapes;

namespace Headgate.Upstreams.Cryptometer;

/// <summary>A made-up market of coins against USDT, a pure function of seed and moment. Prices step every minute.</summary>
internal sealed class CryptometerMarket
{
    // Coins move: with quieter ones no strategy would ever be told of volatility.
    private const int Lively = 3;

    // A large coin makes a rapid movement every other day, a small one every eight hours or so.
    private const int MovesOfLarge = 300;
    private const int MovesOfSmall = 50;

    private static readonly TimeSpan MovementSlot = TimeSpan.FromMinutes(10);

    private static readonly string[] Large =
    [
        "BTC", "ETH", "SOL", "XRP", "DOGE", "AVAX", "ADA", "LINK", "LTC", "DOT", "UNI", "SUI", "BNB", "TRX", "ATOM", "NEAR", "APT", "ARB", "OP", "INJ", "FIL", "ETC", "XLM", "AAVE", "BCH",
        "MATIC", "SHIB", "TON", "ICP", "HBAR", "VET", "MKR", "GRT", "ALGO", "SAND", "MANA", "AXS", "EGLD", "XTZ", "THETA", "FTM", "RUNE", "KAVA", "CRV", "SNX", "COMP", "ZEC", "DASH", "EOS", "NEO",
    ];

    private readonly int _seed;
    private readonly Dictionary<string, SyntheticPath> _paths = new(StringComparer.Ordinal);

    public CryptometerMarket(int seed, int pairs)
    {
        _seed = seed;
        Coins = [.. Large.Take(pairs), .. Enumerable.Range(1, Math.Max(0, pairs - Large.Length)).Select(i => string.Create(CultureInfo.InvariantCulture, $"C{i:0000}"))];
    }

    /// <summary>Listed coins, the large ones first.</summary>
    public IReadOnlyList<string> Coins { get; }

    public static long MinuteOf(DateTimeOffset at) => at.ToUnixTimeSeconds() / 60;

    /// <summary>A price with four places.</summary>
    public decimal Price(string coin, long minute) => PathOf(coin).AtMinute(minute) / 10_000m;

    /// <summary>Change in percent over so many minutes, with two places.</summary>
    public decimal Change(string coin, long minute, long minutes)
    {
        var before = Price(coin, minute - minutes);
        return decimal.Round((Price(coin, minute) - before) * 100 / before, 2);
    }

    /// <summary>Something about a coin that stays as it is for one step of time: 0 to below <paramref name="span"/>.</summary>
    public long Draw(string coin, string what, long step, long span) =>
        (long)(SyntheticPath.Mix(unchecked(SyntheticPath.Hash(coin) ^ (SyntheticPath.Hash(what) * 3) ^ SyntheticPath.Mix((ulong)step) ^ ((ulong)_seed * 0x9e3779b97f4a7c15UL))) % (ulong)span);

    /// <summary>Rapid movements of the last hour, newest first. Each happens at a moment of its own and stays as it was told.</summary>
    public IReadOnlyList<(string Coin, decimal Change, DateTimeOffset At)> Movements(DateTimeOffset now)
    {
        var moves = new List<(string Coin, decimal Change, DateTimeOffset At)>();
        var last = now.UtcTicks / MovementSlot.Ticks;
        for (var slot = last - 6; slot <= last; slot++)
        {
            for (var i = 0; i < Coins.Count; i++)
            {
                var coin = Coins[i];
                if (Draw(coin, "moves", slot, i < Large.Length ? MovesOfLarge : MovesOfSmall) != 0)
                {
                    continue;
                }

                var at = new DateTimeOffset(slot * MovementSlot.Ticks, TimeSpan.Zero).AddSeconds(Draw(coin, "when", slot, 600));
                if (at <= now && now - at <= TimeSpan.FromHours(1))
                {
                    var size = (500 + Draw(coin, "size", slot, 700)) / 100m;
                    moves.Add((coin, Draw(coin, "side", slot, 2) == 0 ? size : -size, at));
                }
            }
        }

        return [.. moves.OrderByDescending(move => move.At).ThenBy(move => move.Coin, StringComparer.Ordinal)];
    }

    private SyntheticPath PathOf(string coin)
    {
        if (!_paths.TryGetValue(coin, out var path))
        {
            _paths.Add(coin, path = new SyntheticPath(_seed, coin, 2_000 + (long)(SyntheticPath.Hash(coin) % 90_000_000), isIndex: false, Lively));
        }

        return path;
    }
}
