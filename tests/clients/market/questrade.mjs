// questrade: property authUrl, before connect(); where the calls go is what the login answers, and through the gate that is the gate.
// One chain of refresh tokens serves both ways, each token redeemed once.
import { createRequire } from "node:module";
import { compare } from "../shared/compare.mjs";

const Questrade = createRequire(import.meta.url)("questrade");
let refreshToken = "refresh-0";
const make = (root) => Object.assign(new Questrade({ clientId: refreshToken }), { authUrl: root });

await compare(make, {
  connect: async (x) => {
    x.clientId = refreshToken;
    refreshToken = await x.connect();
    return [typeof refreshToken, x.isConnected];
  },
  getAccounts: (x) => x.request("GET", "/accounts"),
  searchSymbols: (x) => x.request("GET", "/symbols/search", { prefix: "RY" }),
  getQuotesById: (x) => x.getQuotesById([38738, 8049]),
  "quote(one)": (x) => x.request("GET", "/markets/quotes/38738"),
  "positions": (x) => x.request("GET", "/accounts/26598145/positions"),
  time: (x) => x.request("GET", "/time"),
  "no such route": (x) => x.request("GET", "/nothing"),
}, { moving: ["lastTradePrice", "lastTradeTime", "time"], every: 200 });
