// binance-api-node: option httpBase.
import { createRequire } from "node:module";
import { compare } from "../shared/compare.mjs";

const Binance = createRequire(import.meta.url)("binance-api-node").default;
await compare((root, key) => Binance({ httpBase: root, apiKey: key, apiSecret: "secret" }), {
  prices: (x) => x.prices(),
  "prices(one)": (x) => x.prices({ symbol: "BTCUSDT" }),
  "prices(unknown)": (x) => x.prices({ symbol: "NOSUCH" }),
  allBookTickers: (x) => x.allBookTickers(),
  dailyStats: (x) => x.dailyStats({ symbol: "BTCUSDT" }),
  "book(depth)": (x) => x.book({ symbol: "BTCUSDT", limit: 5 }),
  candles: (x) => x.candles({ symbol: "BTCUSDT", interval: "1m", limit: 1 }),
  exchangeInfo: (x) => x.exchangeInfo(),
  "accountInfo(signed)": (x) => x.accountInfo(),
  "order(signed)": (x) => x.order({ symbol: "BTCUSDT", side: "BUY", type: "MARKET", quantity: "0.01" }),
}, { moving: ["BTCUSDT", "ETHUSDT", "lastPrice", "bidPrice", "askPrice", "closeTime", "lastUpdateId", "openTime", "orderId"] });
