using Headgate.SignIn;
using Headgate.Simulation;
using Headgate.Upstreams.Providers;

namespace Headgate.Tests.SignIn;

/// <summary><c>kill -9</c> at every step of a login: nothing is lost that need not be, nothing is redeemed twice, and what is lost is told once.</summary>
public sealed class SignInCrashTests
{
    private const string Quote = "/v1/markets/quotes?ids=38738";
    private const string Name = "questrade@login.questrade.com";

    [Fact]
    public void A_crash_at_any_step_loses_the_token_only_where_it_may_have_been_redeemed()
    {
        var steps = Steps(seed: 1, killAt: int.MaxValue).Count;
        steps.ShouldBeGreaterThan(8);
        var outcomes = new Dictionary<bool, int>();
        foreach (var seed in Enumerable.Range(1, 4))
        {
            for (var step = 0; step < steps; step++)
            {
                var (_, isLost) = Steps(seed, step);
                outcomes[isLost] = outcomes.GetValueOrDefault(isLost) + 1;
            }
        }

        // Both happened: the window between the mark and its successor, and everything outside it.
        outcomes.Keys.Order().ShouldBe([false, true]);
    }

    private static (int Count, bool IsLost) Steps(int seed, int killAt)
    {
        var twin = new QuestradeTwin("first");
        var world = new SignInWorld(twin, seed);
        world.Secrets["QUESTRADE_REFRESH_TOKEN"] = "first";
        var count = 0;
        var isLost = false;
        world.Run(async () =>
        {
            SignInWorld.Gate? dying = null;
            void Step()
            {
                if (count++ == killAt)
                {
                    dying!.Kill();
                }
            }

            dying = await world.StartAsync(gate =>
            {
                gate.Vault.BeforeWrite = _ => Step();
                gate.Vault.AfterWrite = _ => Step();
                gate.Ledger.BeforeCommit = _ => Step();
                world.Transport.Sending = _ => Step();
                world.Transport.Arrived = (_, _) => Step();
                world.Transport.Heard = (_, _) => Step();
            });
            try
            {
                (await dying.Get(Quote)).Status.ShouldBe(200);
                await Task.Delay(TimeSpan.FromHours(1), world.Time);
                await dying.Get(Quote);
            }
            catch (ProcessKilledException)
            {
                // As meant.
            }

            if (killAt == int.MaxValue)
            {
                return;
            }

            (world.Transport.Sending, world.Transport.Arrived, world.Transport.Heard) = (null, null, null);
            await Task.Delay(TimeSpan.FromMinutes(2), world.Time);
            isLost = world.Vault.Find(Name) is { } held && TokenState.Parse(held.State).Phase == TokenPhase.Redeeming;
            var logins = world.Logins;
            var next = await world.StartAsync();
            var seen = await next.Get(Quote, deadline: TimeSpan.FromSeconds(10));
            next.Alerts.Count.ShouldBe(isLost ? 1 : 0);
            seen.Status.ShouldBe(isLost ? 503 : 200);
            if (isLost)
            {
                world.Logins.ShouldBe(logins);
                twin.Login("second");
                world.Secrets["QUESTRADE_REFRESH_TOKEN"] = "second";
                await Task.Delay(TimeSpan.FromMinutes(1), world.Time);
                (await next.Get(Quote)).Status.ShouldBe(200);
                next.Engine.Alerts.ShouldBeEmpty();
            }

            twin.Counters.ViolationsOf(QuestradeTwin.ReuseRule).ShouldBe(0);
        });
        return (count, isLost);
    }
}
