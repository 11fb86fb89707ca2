using Headgate.Catalogue;
using Headgate.Desk.Doors;

namespace Headgate.Simulation;

/// <summary>The gate's door with somebody beside it who writes down what is asked, for the lower bound and the shares.</summary>
/// <param name="door">The gate's door.</param>
/// <param name="engine">Plans what is asked.</param>
/// <param name="now">True time.</param>
/// <param name="watch">Takes the notes; the same over all lives of the gate.</param>
/// <param name="isMarketData">Whether a provider's calls count; those that only carry messages do not.</param>
internal sealed class WatchedDoor(EngineDoor door, Engine engine, Func<DateTimeOffset> now, FleetWatch watch, Func<string, bool> isMarketData) : IDeskDoor
{
    public TimeProvider Time => door.Time;

    public async ValueTask<DeskAnswer> AskAsync(DeskAsk ask, CancellationToken cancellation)
    {
        var plan = engine.Plan(engine.Catalogue.Find(ask.Provider)!, new ClientRequest { Method = "GET", Target = ask.Target, Headers = ask.Headers });
        var at = now();
        var number = watch.NoteAsk(ask, plan, at);
        var answer = await door.AskAsync(ask, cancellation);
        watch.NoteAnswer(number, ask, plan, answer, at, now());
        return answer;
    }

    public async ValueTask<DeskAnswer> SendAsync(DeskMessage message, CancellationToken cancellation)
    {
        if (!isMarketData(message.Provider))
        {
            return await door.SendAsync(message, cancellation);
        }

        watch.NoteSend();
        var answer = await door.SendAsync(message, cancellation);
        watch.NoteSent(message, answer);
        return answer;
    }
}
