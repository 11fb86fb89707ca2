// finnhub: its address is a constant; it calls the global fetch, looked up when it is loaded.
import { compare, redirected, rooted } from "../shared/compare.mjs";

const { fetch, to } = redirected("https://finnhub.io/api/v1");
globalThis.fetch = fetch;
const { DefaultApi } = (await import("finnhub")).default;
const ask = (name, ...args) => (x) => x.call((api) => new Promise((resolve, reject) => api[name](...args, (error, data) => (error ? reject(error) : resolve(data)))));

await compare((root, key) => rooted(new DefaultApi(key), to, root), {
  quote: ask("quote", "AAPL"),
  "quote(unknown)": ask("quote", "NOSUCH"),
  companyBasicFinancials: ask("companyBasicFinancials", "AAPL", "all"),
  companyNews: ask("companyNews", "AAPL", "2026-11-01", "2026-11-20"),
  marketNews: ask("marketNews", "general", {}),
  "cryptoCandles(no data)": ask("cryptoCandles", "BINANCE:BTCUSDT", "D", 1700000000, 1700086400),
  "stockCandles(not in the plan)": ask("stockCandles", "AAPL", "D", 1700000000, 1700086400),
}, { moving: ["c", "h", "l", "o", "pc", "t", "52WeekHigh"], every: 50 });
