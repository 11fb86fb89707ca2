// Asks every read method of the official client twice, directly and through the gate, and compares the answers field by field.
// Only `root` differs. Prints one JSON report on standard output.
//   node compare.mjs DIRECT_ROOT GATE_ROOT API_KEY ACCESS_TOKEN TOKEN_OF_AN_INSTRUMENT FROM TO
import { isDeepStrictEqual } from "node:util";
import { KiteConnect } from "kiteconnect";

const [direct, gate, apiKey, accessToken, instrumentToken, from, to] = process.argv.slice(2);
const client = (root, token = accessToken) => new KiteConnect({ api_key: apiKey, access_token: token, root });
const clients = { direct: client(direct), gate: client(gate) };
const strangers = { direct: client(direct, "nobody"), gate: client(gate, "nobody") };

// One order of its own through the gate first, so that the order book has something to compare.
const order = await clients.gate.placeOrder("regular", {
  exchange: "NSE", tradingsymbol: "INFY", transaction_type: "BUY", quantity: 1, product: "CNC", order_type: "MARKET", validity: "DAY",
});

const watchlist = ["NSE:INFY", "NSE:TCS", "NSE:RELIANCE"];
const reads = {
  getProfile: (kite) => kite.getProfile(),
  getMargins: (kite) => kite.getMargins(),
  "getMargins(equity)": (kite) => kite.getMargins("equity"),
  getOrders: (kite) => kite.getOrders(),
  getOrderHistory: (kite) => kite.getOrderHistory(order.order_id),
  getOrderTrades: (kite) => kite.getOrderTrades(order.order_id),
  getTrades: (kite) => kite.getTrades(),
  getHoldings: (kite) => kite.getHoldings(),
  getAuctionInstruments: (kite) => kite.getAuctionInstruments(),
  getPositions: (kite) => kite.getPositions(),
  getInstruments: (kite) => kite.getInstruments(),
  "getInstruments(NSE)": (kite) => kite.getInstruments("NSE"),
  getQuote: (kite) => kite.getQuote(watchlist),
  "getQuote(one)": (kite) => kite.getQuote(watchlist.slice(0, 1)),
  "getQuote(unknown among known)": (kite) => kite.getQuote(["NSE:INFY", "NSE:NO-SUCH-SHARE"]),
  getOHLC: (kite) => kite.getOHLC(watchlist),
  getLTP: (kite) => kite.getLTP(watchlist),
  "getHistoricalData(day)": (kite) => kite.getHistoricalData(instrumentToken, "day", from, to),
  "getHistoricalData(minute)": (kite) => kite.getHistoricalData(instrumentToken, "minute", from, to),
  "getHistoricalData(oi)": (kite) => kite.getHistoricalData(instrumentToken, "day", from, to, false, true),
  getGTTs: (kite) => kite.getGTTs(),
  getMFOrders: (kite) => kite.getMFOrders(),
  getMFSIPS: (kite) => kite.getMFSIPS(),
  getMFHoldings: (kite) => kite.getMFHoldings(),
  getMFInstruments: (kite) => kite.getMFInstruments(),
};

// The same questions of somebody the upstream does not know: the error must be the same too.
const refusals = {
  "getProfile(unknown token)": (kite) => kite.getProfile(),
  "getQuote(unknown token)": (kite) => kite.getQuote(watchlist),
  "getHistoricalData(unknown token)": (kite) => kite.getHistoricalData(instrumentToken, "day", from, to),
};

// What the client hands to its caller: the value, or the error it rejects with.
async function outcome(read, kite) {
  try {
    return { value: await read(kite) };
  } catch (error) {
    return { error: { error_type: error.error_type, message: error.message, data: error.data ?? null } };
  }
}

function differences(left, right, path = "") {
  if (isDeepStrictEqual(left, right)) {
    return [];
  }
  const open = (value) => value !== null && typeof value === "object" && !(value instanceof Date);
  if (!open(left) || !open(right)) {
    return [`${path || "answer"}: direct ${JSON.stringify(left)}, gate ${JSON.stringify(right)}`];
  }
  const keys = new Set([...Object.keys(left), ...Object.keys(right)]);
  return [...keys].flatMap((key) => differences(left[key], right[key], path ? `${path}.${key}` : key));
}

function fields(value) {
  return value !== null && typeof value === "object" && !(value instanceof Date)
    ? Object.values(value).reduce((sum, child) => sum + fields(child), 0)
    : 1;
}

// The emulated upstream holds one limit for both ways, as the real one does: one quote a second, three candle requests.
const pause = (method) => new Promise((resolve) => setTimeout(resolve, /Quote|OHLC|LTP/.test(method) ? 1_100 : 400));

const report = [];
async function compare(reads, { direct: directly, gate: gated }) {
  for (const [method, read] of Object.entries(reads)) {
    const one = await outcome(read, directly);
    await pause(method);
    const other = await outcome(read, gated);
    await pause(method);
    const found = differences(one, other);
    report.push({ method, succeeded: "value" in one, fields: fields(one.value ?? null), differences: found.slice(0, 10), differing: found.length });
  }
}

await compare(reads, clients);
await compare(refusals, strangers);
console.log(JSON.stringify(report, null, 1));
