// @binance/connector: option baseURL.
import { createRequire } from "node:module";
import { compare } from "../shared/compare.mjs";

const { Spot } = createRequire(import.meta.url)("@binance/connector");
const data = (read) => async (x) => {
  try {
    return (await read(x)).data;
  } catch (error) {
    throw error.response ? { name: error.name, message: JSON.stringify([error.response.status, error.response.data]) } : error;
  }
};
await compare((root, key) => new Spot(key, "secret", { baseURL: root }), {
  "tickerPrice(one)": data((x) => x.tickerPrice("BTCUSDT")),
  "tickerPrice(several)": data((x) => x.tickerPrice("", ["BTCUSDT", "ETHUSDT", "BNBUSDT"])),
  "tickerPrice(unknown)": data((x) => x.tickerPrice("NOSUCH")),
  bookTicker: data((x) => x.bookTicker("BTCUSDT")),
  ticker24hr: data((x) => x.ticker24hr("BTCUSDT")),
  "ticker24hr(several)": data((x) => x.ticker24hr("", ["BTCUSDT", "ETHUSDT"])),
  depth: data((x) => x.depth("BTCUSDT", { limit: 5 })),
  klines: data(async (x) => ({ data: (await x.klines("BTCUSDT", "1m", { limit: 1 })).data.map(([openTime, ...bar]) => ({ openTime, bar })) })),
  exchangeInfo: data((x) => x.exchangeInfo()),
  "account(signed)": data((x) => x.account()),
  "newOrder(signed)": data((x) => x.newOrder("BTCUSDT", "BUY", "MARKET", { quantity: 0.01 })),
}, { moving: ["price", "bidPrice", "askPrice", "lastPrice", "closeTime", "lastUpdateId", "openTime", "orderId"] });
