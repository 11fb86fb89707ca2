// Asks the same questions of ccxt's Coinbase Exchange client directly and through the gate and compares the answers field by field.
// Only the URLs differ. Prints one JSON report on standard output.
//   node compare.mjs DIRECT_ROOT GATE_ROOT KEY SECRET PASSPHRASE
import { Agent } from "node:http";
import { isDeepStrictEqual } from "node:util";
import ccxt from "ccxt";

const [direct, gate, apiKey, secret, password] = process.argv.slice(2);
const client = (root, own = {}) => {
  const exchange = new ccxt.coinbaseexchange({ apiKey, secret, password, ...own });
  // ccxt takes for granted that every URL is https; without encryption it must be handed the other agent.
  exchange.agent = new Agent({ keepAlive: true });
  exchange.urls.api = { public: root, private: root };
  return exchange;
};
const clients = { direct: client(direct), gate: client(gate) };
const forgers = { direct: client(direct, { secret: "Zm9yZ2VkLXNlY3JldA==" }), gate: client(gate, { secret: "Zm9yZ2VkLXNlY3JldA==" }) };
const pause = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

const symbol = "BTC/USD";
const day = 86_400_000;
const since = Math.floor(Date.now() / day) * day - 3 * day;
const reads = {
  fetchCurrencies: (x) => x.fetchCurrencies(),
  fetchMarkets: (x) => x.fetchMarkets(),
  fetchTicker: (x) => x.fetchTicker(symbol),
  fetchOrderBook: (x) => x.fetchOrderBook(symbol),
  "fetchOrderBook(level 3)": (x) => x.fetchOrderBook(symbol, undefined, { level: 3 }),
  fetchTrades: (x) => x.fetchTrades(symbol),
  "fetchOHLCV(1d)": (x) => x.fetchOHLCV(symbol, "1d", since, 3),
  "fetchOHLCV(1h)": (x) => x.fetchOHLCV(symbol, "1h", since, 24),
  "fetchTicker(unknown)": (x) => x.publicGetProductsIdTicker({ id: "NO-SUCH" }),
  fetchTime: async (x) => typeof (await x.fetchTime()),
  fetchAccounts: (x) => x.fetchAccounts(),
  fetchBalance: (x) => x.fetchBalance(),
  fetchOpenOrders: (x) => x.fetchOpenOrders(),
  "fetchOrders(query signed)": (x) => x.fetchOrders(symbol, undefined, 10),
  fetchMyTrades: (x) => x.fetchMyTrades(symbol),
};

// A moving market: what the upstream writes anew at each call is left out, everything else must be equal.
const moving = new Set(["time", "timestamp", "datetime", "sequence"]);
function still(value) {
  if (Array.isArray(value)) return value.map(still);
  if (value === null || typeof value !== "object") return value;
  return Object.fromEntries(Object.entries(value).filter(([key]) => !moving.has(key)).map(([key, child]) => [key, still(child)]));
}

async function outcome(read, exchange) {
  try {
    return { value: still(await read(exchange)) };
  } catch (error) {
    return { error: { name: error.constructor.name, message: String(error.message).replaceAll(direct, "ROOT").replaceAll(gate, "ROOT") } };
  }
}

const fields = (value) => value !== null && typeof value === "object" ? Object.values(value).reduce((sum, child) => sum + fields(child), 0) : 1;

function differences(left, right, path = "") {
  if (isDeepStrictEqual(left, right)) return [];
  const open = (value) => value !== null && typeof value === "object";
  if (!open(left) || !open(right)) return [`${path || "answer"}: direct ${JSON.stringify(left)}, gate ${JSON.stringify(right)}`];
  return [...new Set([...Object.keys(left), ...Object.keys(right)])].flatMap((key) => differences(left[key], right[key], path ? `${path}.${key}` : key));
}

const report = [];
async function compare(method, read, { direct: directly, gate: gated }) {
  let before, through, after;
  // Prices may move between two calls; when the upstream itself says the same before and after, the gate must say it too.
  for (let attempt = 0; attempt < 20; attempt++) {
    await pause(1_100);
    before = await outcome(read, directly);
    through = await outcome(read, gated);
    after = await outcome(read, directly);
    if (isDeepStrictEqual(before, after)) break;
  }
  const found = differences(before, through);
  report.push({ method, settled: isDeepStrictEqual(before, after), succeeded: "value" in before, error: before.error ?? null, fields: fields(before.value ?? null), differences: found.slice(0, 5), differing: found.length });
}

for (const exchange of [...Object.values(clients), ...Object.values(forgers)]) {
  await exchange.loadMarkets();
  await pause(500);
}
// One order through the gate, so that the signed reads have something to compare.
const order = await clients.gate.createOrder(symbol, "market", "buy", 0.01);
await compare("fetchOrder", (x) => x.fetchOrder(order.id, symbol), clients);
for (const [method, read] of Object.entries(reads)) await compare(method, read, clients);
await compare("fetchBalance(forged signature)", (x) => x.fetchBalance(), forgers);
console.log(JSON.stringify(report, null, 1));
