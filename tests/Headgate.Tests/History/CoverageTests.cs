using Headgate.History;

namespace Headgate.Tests.History;

public sealed class CoverageTests
{
    private const int World = 60;

    [Fact]
    public void Coverage_equals_a_set_of_seconds()
    {
        for (var seed = 0; seed < 300; seed++)
        {
            var random = new Random(seed);
            var coverage = Coverage.Empty;
            HashSet<long> seconds = [];
            for (var step = 0; step < 12; step++)
            {
                var range = Range(random);
                var all = Enumerable.Range((int)range.Start, (int)range.Seconds).Select(second => (long)second);
                if (random.Next(4) > 0)
                {
                    coverage = coverage.With(range);
                    seconds.UnionWith(all);
                }
                else
                {
                    coverage = coverage.Without(range);
                    seconds.ExceptWith(all);
                }

                Seconds(coverage.Ranges).ShouldBe(seconds.Order(), $"seed {seed}");
                coverage.Ranges.Zip(coverage.Ranges.Skip(1)).ShouldAllBe(pair => pair.First.End < pair.Second.Start);
                coverage.Ranges.ShouldAllBe(part => !part.IsEmpty);
                var asked = Range(random);
                Seconds(coverage.Missing(asked)).ShouldBe(Seconds([asked]).Where(second => !seconds.Contains(second)), $"seed {seed}");
                Seconds(coverage.Within(asked)).ShouldBe(Seconds([asked]).Where(seconds.Contains), $"seed {seed}");
                coverage.Covers(asked).ShouldBe(Seconds([asked]).All(seconds.Contains), $"seed {seed}");
            }
        }
    }

    [Fact]
    public void Planned_calls_hold_every_gap_within_the_span_and_are_the_fewest()
    {
        for (var seed = 0; seed < 300; seed++)
        {
            var random = new Random(seed);
            var missing = Enumerable.Range(0, random.Next(1, 5)).Aggregate(Coverage.Empty, (coverage, _) => coverage.With(Range(random))).Ranges;
            var span = random.Next(1, 25);
            var calls = GapPlanner.Plan(missing, TimeSpan.FromSeconds(span), World);

            calls.ShouldAllBe(call => call.Seconds >= 1 && call.Seconds <= span);
            calls.Zip(calls.Skip(1)).ShouldAllBe(pair => pair.First.End <= pair.Second.Start);
            Seconds(missing).ShouldBeSubsetOf(Seconds(calls), $"seed {seed}");
            calls.Count.ShouldBe(Fewest([.. Seconds(missing)], span), $"seed {seed}");
        }
    }

    [Fact]
    public void Nothing_is_planned_for_the_future()
    {
        GapPlanner.Plan([new(10, 20), new(50, 60)], TimeSpan.FromSeconds(5), horizon: 13).ShouldBe([new InstantRange(10, 13)]);
        GapPlanner.Plan([new(50, 60)], TimeSpan.FromSeconds(5), horizon: 13).ShouldBeEmpty();
    }

    private static InstantRange Range(Random random)
    {
        var start = random.Next(World);
        return new InstantRange(start, random.Next(start, World + 1));
    }

    private static IEnumerable<long> Seconds(IEnumerable<InstantRange> ranges) =>
        ranges.SelectMany(range => Enumerable.Range(0, (int)range.Seconds).Select(second => range.Start + second));

    // Fewest calls by trying, from the end, every second a call may begin at.
    private static int Fewest(long[] wanted, int span)
    {
        var fewest = new int[wanted.Length + 1];
        for (var i = wanted.Length - 1; i >= 0; i--)
        {
            fewest[i] = int.MaxValue;
            for (var start = wanted[i] - span + 1; start <= wanted[i]; start++)
            {
                var next = Array.FindIndex(wanted, second => second >= start + span);
                fewest[i] = Math.Min(fewest[i], 1 + fewest[next < 0 ? wanted.Length : next]);
            }
        }

        return fewest[0];
    }
}
