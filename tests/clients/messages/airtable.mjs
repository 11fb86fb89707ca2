// airtable: option endpointUrl. Its limit counts by base: each way has one of its own.
import Airtable from "airtable";
import { compare, direct } from "../shared/compare.mjs";

await compare((root, key) => new Airtable({ endpointUrl: root, apiKey: key, noRetryIfRateLimited: true }).base(root === direct ? "appDirect" : "appGate"), {
  list: async (base) => (await base("Alerts").select({ maxRecords: 3 }).firstPage()).map((record) => record.fields),
  create: async (base) => (await base("Alerts").create([{ fields: { Name: "copper" } }])).map((record) => record.id.slice(0, 3)),
  update: async (base) => (await base("Alerts").update([{ id: "rec1", fields: { Name: "zinc" } }])).map((record) => record.id.slice(0, 3)),
  "list(no such table)": async (base) => (await base("NOSUCH").select().firstPage()).length,
}, { moving: ["At"] });
