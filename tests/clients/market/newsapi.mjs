// newsapi: its address is a constant; it loads node-fetch, which is replaced before it does.
import { createRequire } from "node:module";
import { compare, redirected, rooted } from "../shared/compare.mjs";

const require = createRequire(import.meta.url);
const { fetch, to } = redirected("https://newsapi.org");
const path = createRequire(require.resolve("newsapi")).resolve("node-fetch");
require.cache[path] = { id: path, filename: path, loaded: true, exports: fetch };
const NewsAPI = require("newsapi");

// The package keeps the key of the client that was made last, for all of them.
const made = (root, key) => ({ call: (read) => rooted(new NewsAPI(key), to, root).call(read) });
const ask = (read) => (x) => x.call(read);

await compare(made, {
  everything: ask((api) => api.v2.everything({ q: "copper", language: "en" })),
  topHeadlines: ask((api) => api.v2.topHeadlines({ country: "us" })),
  sources: ask((api) => api.v2.sources({ category: "business" })),
  "everything(without a query)": ask((api) => api.v2.everything({ language: "en" })),
  "everything(beyond the plan)": ask((api) => api.v2.everything({ q: "copper", page: 9 })),
}, { moving: ["publishedAt"], every: 50 });
