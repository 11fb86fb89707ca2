// What the scripts of all clients share: ask directly, ask through the gate, compare field by field, print one JSON report.
//   node CLIENT.mjs DIRECT_ROOT GATE_ROOT KEY_FOR_DIRECT KEY_FOR_GATE
// Two keys, because most upstreams count by key and an emulated one holds the same small limits as the real one.
import { isDeepStrictEqual } from "node:util";

export const [direct, gate, directKey, gateKey] = process.argv.slice(2);
const pause = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

// Prices and times move between two calls: of them only the kind of value is compared, of everything else the value.
function still(value, moving, key = "") {
  if (Array.isArray(value)) return value.map((child) => still(child, moving, key));
  if (value !== null && typeof value === "object" && !(value instanceof Date)) {
    return Object.fromEntries(Object.entries(value).map(([name, child]) => [name, still(child, moving, name)]));
  }
  if (!moving.has(key)) return value instanceof Date ? value.toISOString() : value;
  return typeof value === "string" && value !== "" && Number.isFinite(Number(value)) ? "<number in text>" : `<${value instanceof Date ? "date" : typeof value}>`;
}

const said = (error) => [
  error?.name ?? typeof error,
  String(error?.description ?? error?.message ?? error?.error ?? JSON.stringify(error)).replaceAll(direct, "ROOT").replaceAll(gate, "ROOT").replaceAll(directKey, "KEY").replaceAll(gateKey, "KEY"),
].join(": ");

async function outcome(read, client, moving) {
  try {
    return { value: still(await read(client), moving) };
  } catch (error) {
    return { error: said(error) };
  }
}

function differences(left, right, path = "") {
  if (isDeepStrictEqual(left, right)) return [];
  const open = (value) => value !== null && typeof value === "object";
  if (!open(left) || !open(right)) return [`${path || "answer"}: direct ${JSON.stringify(left)}, gate ${JSON.stringify(right)}`];
  return [...new Set([...Object.keys(left), ...Object.keys(right)])].flatMap((key) => differences(left[key], right[key], path ? `${path}.${key}` : key));
}

const fields = (value) => value !== null && typeof value === "object" ? Object.values(value).reduce((sum, child) => sum + fields(child), 0) : 1;

// make(root, key) gives a client; reads are functions of it, by name; `every` ms pass between two of them.
export async function compare(make, reads, { moving = [], every = 1_100 } = {}) {
  const names = new Set(moving);
  const clients = { direct: make(direct, directKey), gate: make(gate, gateKey) };
  const report = [];
  for (const [method, read] of Object.entries(reads)) {
    const before = await outcome(read, clients.direct, names);
    const through = await outcome(read, clients.gate, names);
    const found = differences(before, through);
    report.push({ method, succeeded: "value" in before, error: before.error ?? null, fields: fields(before.value ?? null), differences: found.slice(0, 5), differing: found.length });
    await pause(every);
  }
  console.log(JSON.stringify(report, null, 1));
  process.exit(0);
}

// For clients whose base URL is a constant: every request for `from` goes to `root` instead. Point it at the client's own `root` before each call.
export function redirected(from, next = globalThis.fetch) {
  const to = { root: from };
  const fetch = (url, init) => {
    const text = String(url?.url ?? url);
    return next(text.startsWith(from) ? to.root + text.slice(from.length) : url, init);
  };
  return { fetch, to };
}

// A client of its own for each root, although they share one `fetch`: its root is set just before each call.
export const rooted = (client, to, root) => ({ call: (read) => { to.root = root; return read(client); } });
