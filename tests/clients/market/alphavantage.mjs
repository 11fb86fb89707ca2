// alphavantage: its address is a constant; it calls the global fetch at each request.
import { createRequire } from "node:module";
import { compare, redirected, rooted } from "../shared/compare.mjs";

const { fetch, to } = redirected("https://www.alphavantage.co");
globalThis.fetch = fetch;
const load = createRequire(import.meta.url)("alphavantage");
const ask = (read) => (x) => x.call(read);

await compare((root, key) => rooted(load({ key }), to, root), {
  "data.quote": ask((api) => api.data.quote("IBM")),
  "data.quote(unknown)": ask((api) => api.data.quote("NOSUCH")),
  "data.daily": ask((api) => api.data.daily("IBM", "compact")),
  "data.daily(unknown)": ask((api) => api.data.daily("NOSUCH", "compact")),
  "data.daily_adjusted(premium)": ask((api) => api.data.daily_adjusted("IBM")),
  "fundamental.company_overview": ask((api) => api.fundamental.company_overview("IBM")),
}, { moving: ["05. price", "4. close", "close", "price"] });
