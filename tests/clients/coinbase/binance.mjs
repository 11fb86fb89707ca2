// ccxt for Binance: urls.api, one entry per kind of call. It lies here because ccxt, 100 MB, is installed here.
import { Agent } from "node:http";
import ccxt from "ccxt";
import { compare } from "../shared/compare.mjs";

function make(root, apiKey) {
  const exchange = new ccxt.binance({ apiKey, secret: "secret" });
  // ccxt takes for granted that every URL is https; without encryption it must be handed the other agent.
  exchange.agent = new Agent({ keepAlive: true });
  Object.assign(exchange.urls.api, { public: `${root}/api/v3`, private: `${root}/api/v3`, v3: `${root}/api/v3` });
  return exchange;
}

await compare(make, {
  "ticker/price": (x) => x.publicGetTickerPrice({ symbol: "BTCUSDT" }),
  "ticker/price(list)": (x) => x.publicGetTickerPrice({ symbols: '["BTCUSDT","ETHUSDT"]' }),
  "ticker/price(unknown)": (x) => x.publicGetTickerPrice({ symbol: "NOSUCH" }),
  "ticker/24hr": (x) => x.publicGetTicker24hr({ symbol: "BTCUSDT" }),
  depth: (x) => x.publicGetDepth({ symbol: "BTCUSDT", limit: 5 }),
  klines: async (x) => (await x.publicGetKlines({ symbol: "BTCUSDT", interval: "1m" })).map(([openTime, ...bar]) => ({ openTime, bar })),
  exchangeInfo: (x) => x.publicGetExchangeInfo(),
  "account(signed)": (x) => x.privateGetAccount(),
  "order(signed)": (x) => x.privatePostOrder({ symbol: "BTCUSDT", side: "BUY", type: "MARKET", quantity: "0.01" }),
}, { moving: ["price", "lastPrice", "closeTime", "lastUpdateId", "openTime", "orderId"] });
