namespace Headgate.Simulation.Tests.LowerBound;

public sealed class CallBoundTests
{
    private static readonly BoundShape[] One = [new("quote", 500, [0])];

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public void The_bound_equals_brute_force_on_random_cases(int seed)
    {
        var random = new Random(seed);
        for (var n = 0; n < 500; n++)
        {
            var shapes = Shapes(random);
            var demands = Demands(random, shapes.Length);
            var bound = CallBound.Solve(demands, shapes);
            bound.IsExact.ShouldBeTrue();
            bound.Calls.ShouldBe(BruteForceBound.Solve(demands, shapes), $"seed {seed}, case {n}: {string.Join("; ", demands)}");
        }
    }

    [Fact]
    public void One_call_in_the_common_part_of_all_intervals_is_enough() =>
        CallBound.Solve([new("A", 0, 0, 10), new("B", 0, 5, 15), new("A", 0, 10, 20)], One).ShouldBe(new Bound(1, true));

    [Fact]
    public void A_poll_at_every_freshness_needs_a_call_for_every_other_ask()
    {
        // The call at the first ask is exactly as old as allowed at the second.
        var demands = Enumerable.Range(0, 10).Select(i => new BoundDemand("A", 0, (i - 1) * 5, i * 5)).ToList();
        CallBound.Solve(demands, One).ShouldBe(new Bound(5, true));
    }

    [Fact]
    public void A_demand_computed_from_an_answer_is_not_carried_by_that_answer_s_call() =>
        CallBound.Solve([new("NIFTY", 0, 0, 10), new("STRIKE", 0, 0, 12, After: 0)], One).ShouldBe(new Bound(2, true));

    [Fact]
    public void A_full_quote_carries_what_asks_for_the_last_price_alone()
    {
        BoundShape[] shapes = [new("ltp", 1000, [0]), new("quote", 500, [0, 1])];
        CallBound.Solve([new("A", 0, 0, 10), new("B", 1, 5, 15)], shapes).ShouldBe(new Bound(1, true));
    }

    [Fact]
    public void More_items_than_seats_need_more_calls() =>
        CallBound.Solve([.. Enumerable.Range(0, 501).Select(i => new BoundDemand($"I{i}", 0, 0, 10))], One).ShouldBe(new Bound(2, true));

    [Fact]
    public void A_circle_of_dependencies_is_refused() =>
        Should.Throw<ArgumentException>(() => CallBound.Solve([new("A", 0, 0, 10, 1), new("B", 0, 0, 10, 0)], One));

    private static BoundShape[] Shapes(Random random) => random.Next(3) switch
    {
        0 => [new("only", random.Next(1, 4), [0])],
        1 => [new("small", random.Next(1, 4), [0]), new("large", random.Next(1, 3), [0, 1])],
        _ => [new("left", random.Next(1, 3), [0]), new("right", random.Next(1, 3), [1])],
    };

    private static List<BoundDemand> Demands(Random random, int shapes)
    {
        var demands = new List<BoundDemand>();
        var count = random.Next(1, 7);
        for (var i = 0; i < count; i++)
        {
            var end = random.Next(0, 8);
            var begin = Math.Max(0, end - random.Next(0, 5));
            var after = random.Next(5) == 0 && i > 0 ? random.Next(i) : -1;
            if (after >= 0)
            {
                // Asked after what it was computed from, as every real one is.
                end = Math.Max(end, (int)demands[after].End);
            }

            demands.Add(new BoundDemand($"I{random.Next(4)}", random.Next(shapes), begin, end, after));
        }

        return demands;
    }
}
