using Headgate.Budgets;
using Headgate.Caching;
using Headgate.Refresh;
using Headgate.Upstream;

namespace Headgate.Simulation;

/// <summary>Wraps ports so that they break one promise.</summary>
internal static class Saboteur
{
    public static ILedger Over(ILedger inner, Sabotage sabotage, VirtualTime time) =>
        (sabotage & (Sabotage.ChargesAfterSend | Sabotage.ForgetsClosures | Sabotage.ForgetsHolds)) == Sabotage.None ? inner : new SabotagedLedger(inner, sabotage, time);

    public static IEntryStore Over(IEntryStore inner, Sabotage sabotage) => sabotage.HasFlag(Sabotage.TearsEntries) ? new TearingStore(inner) : inner;

    public static IUpstreamTransport Over(IUpstreamTransport inner, Sabotage sabotage, VirtualTime time)
    {
        var transport = inner;
        transport = sabotage.HasFlag(Sabotage.ResendsBelow) ? new ResendingTransport(transport) : transport;
        transport = sabotage.HasFlag(Sabotage.ReleasesAtSend) ? new EagerTransport(transport) : transport;
        transport = sabotage.HasFlag(Sabotage.NoHoldOnTimeout) ? new ImpatientTransport(transport, time) : transport;
        return sabotage.HasFlag(Sabotage.AcceptsTruncation) ? new CredulousTransport(transport) : transport;
    }

    /// <summary>A refresh that takes itself for the most urgent client.</summary>
    public static async Task RefreshUrgentlyAsync(Engine engine, Watch watch, TimeProvider time)
    {
        var request = new ClientRequest { Method = "GET", Target = watch.Target, Headers = [] };
        while (true)
        {
            var plan = engine.Plan(engine.Catalogue.Find(watch.Provider)!, request);
            var result = await engine.FetchAsync(new Demand { Plan = plan, Request = request, Urgency = Urgency.Of(0), Freshness = new Freshness { MaxAge = TimeSpan.Zero } }, CancellationToken.None);
            result.Return();
            await Task.Delay(watch.Interval!.Value, time);
        }
    }

    private sealed class SabotagedLedger(ILedger inner, Sabotage sabotage, VirtualTime time) : ILedger
    {
        public bool IsWritable => inner.IsWritable;

        public async ValueTask<LedgerState> LoadAsync(CancellationToken cancellation)
        {
            var state = await inner.LoadAsync(cancellation);
            state = sabotage.HasFlag(Sabotage.ForgetsClosures) ? state with { Closures = [] } : state;
            return sabotage.HasFlag(Sabotage.ForgetsHolds) ? state with { Holds = [] } : state;
        }

        public async ValueTask ChargeAsync(Charge charge, CancellationToken cancellation)
        {
            if (!sabotage.HasFlag(Sabotage.ChargesAfterSend))
            {
                await inner.ChargeAsync(charge, cancellation);
                return;
            }

            _ = LaterAsync(charge);
        }

        public void Settle(long chargeId, EngineTime firstByteAt) => inner.Settle(chargeId, firstByteAt);

        public void Release(long chargeId, string limitKey, string windowId, long permits) => inner.Release(chargeId, limitKey, windowId, permits);

        public ValueTask CloseAsync(Closure closure, CancellationToken cancellation) => inner.CloseAsync(closure, cancellation);

        public ValueTask RaiseUsedAsync(string limitKey, string windowId, long used, CancellationToken cancellation) =>
            inner.RaiseUsedAsync(limitKey, windowId, used, cancellation);

        public ValueTask<bool> ProbeAsync(CancellationToken cancellation) => inner.ProbeAsync(cancellation);

        private async Task LaterAsync(Charge charge)
        {
            await time.Delay(TimeSpan.FromMilliseconds(1));
            await inner.ChargeAsync(charge, CancellationToken.None);
        }
    }

    private sealed class TearingStore(IEntryStore inner) : IEntryStore
    {
        public string? LastError => inner.LastError;

        public ValueTask<IReadOnlyList<Entry>> LoadAsync(IReadOnlyList<ItemKey> keys, CancellationToken cancellation) => inner.LoadAsync(keys, cancellation);

        public async ValueTask<IReadOnlyList<Entry>> LoadRecentAsync(long bytesMax, CancellationToken cancellation) =>
            [.. (await inner.LoadRecentAsync(bytesMax, cancellation)).Select(Torn)];

        public void Put(Entry entry) => inner.Put(entry);

        public void Remove(ItemKey key) => inner.Remove(key);

        public ValueTask<IReadOnlyList<EntryInfo>> ListAsync(EntryFilter filter, CancellationToken cancellation) => inner.ListAsync(filter, cancellation);

        public ValueTask<IReadOnlyList<EntryOrigin>> LoadOriginsAsync(CancellationToken cancellation) => inner.LoadOriginsAsync(cancellation);

        public void Reset(EntryOrigin origin) => inner.Reset(origin);

        public ValueTask FlushAsync(CancellationToken cancellation) => inner.FlushAsync(cancellation);

        public void PutEntitlement(Entitlement entitlement) => inner.PutEntitlement(entitlement);

        public ValueTask<IReadOnlyList<Entitlement>> LoadEntitlementsAsync(CancellationToken cancellation) => inner.LoadEntitlementsAsync(cancellation);

        private static Entry Torn(Entry entry) => new()
        {
            Key = entry.Key,
            Body = entry.Body[..(entry.Body.Length / 2)],
            Envelope = entry.Envelope,
            Status = entry.Status,
            ContentType = entry.ContentType,
            SentAt = entry.SentAt,
            FreshUntil = entry.FreshUntil,
            StaleUntil = entry.StaleUntil,
            Version = entry.Version,
            IsNegative = entry.IsNegative,
        };
    }

    private sealed class ResendingTransport(IUpstreamTransport inner) : IUpstreamTransport
    {
        public async ValueTask<TransportResult> SendAsync(UpstreamCall call, CancellationToken cancellation)
        {
            var result = await inner.SendAsync(call, cancellation);
            return result.Fault?.Kind is "reset" or "closed" ? await inner.SendAsync(call, cancellation) : result;
        }
    }

    /// <summary>Says "first byte" as soon as it has sent; the real answer follows as the body.</summary>
    private sealed class EagerTransport(IUpstreamTransport inner) : IUpstreamTransport
    {
        public ValueTask<TransportResult> SendAsync(UpstreamCall call, CancellationToken cancellation)
        {
            var answer = inner.SendAsync(call, cancellation).AsTask();
            return ValueTask.FromResult(new TransportResult(
                new EagerReply(answer) { Status = 200, Headers = [new HeaderField("Content-Type", "application/json")] }, null));
        }
    }

    private sealed class EagerReply(Task<TransportResult> answer) : UpstreamReply
    {
        public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellation)
        {
            var result = await answer;
            return result.Reply is { Status: 200 } reply
                ? await reply.ReadAsync(buffer, cancellation)
                : throw new UpstreamBodyException(result.Fault ?? new TransportFault(TransportPhase.Body, "reset", "The answer was an error."));
        }

        public override ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }

    /// <summary>Answers for the upstream when it is slow, as an impatient proxy does.</summary>
    private sealed class ImpatientTransport(IUpstreamTransport inner, VirtualTime time) : IUpstreamTransport
    {
        public async ValueTask<TransportResult> SendAsync(UpstreamCall call, CancellationToken cancellation)
        {
            var answer = inner.SendAsync(call, cancellation).AsTask();
            var first = await Task.WhenAny(answer, time.Delay(call.Timeout / 10, cancellation));
            return ReferenceEquals(first, answer)
                ? await answer
                : new TransportResult(new ReplacedReply("{}"u8.ToArray()) { Status = 504, Headers = [new HeaderField("Content-Type", "application/json")] }, null);
        }
    }

    private sealed class CredulousTransport(IUpstreamTransport inner) : IUpstreamTransport
    {
        public async ValueTask<TransportResult> SendAsync(UpstreamCall call, CancellationToken cancellation)
        {
            var result = await inner.SendAsync(call, cancellation);
            return result.Reply is { } reply
                ? new TransportResult(new CredulousReply(reply) { Status = reply.Status, Headers = [.. reply.Headers.Where(header => !header.Is("Content-Length"))] }, null)
                : result;
        }
    }

    private sealed class CredulousReply(UpstreamReply inner) : UpstreamReply
    {
        public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellation)
        {
            try
            {
                return await inner.ReadAsync(buffer, cancellation);
            }
            catch (UpstreamBodyException)
            {
                return 0;
            }
        }

        public override ValueTask DisposeAsync() => inner.DisposeAsync();
    }

    private sealed class ReplacedReply(byte[] body) : UpstreamReply
    {
        private bool _read;

        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellation)
        {
            if (_read)
            {
                return ValueTask.FromResult(0);
            }

            _read = true;
            body.CopyTo(buffer);
            return ValueTask.FromResult(body.Length);
        }

        public override ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }
}
