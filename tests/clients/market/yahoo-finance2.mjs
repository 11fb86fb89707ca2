// yahoo-finance2: option fetch, because YF_QUERY_HOST takes a host alone and forces https. Its cookie page is Yahoo's own web site and stays so;
// the gate has a cookie and a crumb of its own and heeds no client's.
import YahooFinance from "yahoo-finance2";
import { compare, direct } from "../shared/compare.mjs";

const pause = (ms) => new Promise((resolve) => setTimeout(resolve, ms));
const fetchVia = (root) => async (url, init) => {
  // One call a second is all the upstream takes from one address, whoever makes it.
  await pause(1_300);
  const asked = new URL(String(url));
  return asked.hostname.startsWith("query") ? fetch(root + asked.pathname + asked.search, init) : fetch(`${direct}/`, init);
};
const make = (root) => new YahooFinance({
  fetch: fetchVia(root),
  fetchOptions: { headers: { "User-Agent": "Mozilla/5.0 (X11; Linux x86_64)" } },
  suppressNotices: ["yahooSurvey"],
  validation: { logErrors: false },
});
const loose = { validateResult: false };

await compare(make, {
  // In the upstream's own order: a merged answer has the order of its request.
  "quote(several)": (x) => x.quote(["AAPL", "MSFT"], {}, loose),
  "quote(one)": (x) => x.quote("TSLA", {}, loose),
  "quote(unknown)": async (x) => (await x.quote("NOSUCH", {}, loose)) ?? "nothing",
  quoteSummary: (x) => x.quoteSummary("AAPL", { modules: ["price"] }, loose),
  search: (x) => x.search("AAPL", {}, loose),
}, { moving: ["regularMarketPrice", "regularMarketTime", "raw"], every: 1_300 });
