// telegraf: option telegram.apiRoot. It resolves paths against it, so a prefix survives only when the root ends in a slash.
import { Telegraf } from "telegraf";
import { compare } from "../shared/compare.mjs";
import { makeReads, moving } from "./telegram.mjs";

await compare((root, key) => new Telegraf(key, { telegram: { apiRoot: `${root}/` } }), makeReads({
  getMe: (x) => x.telegram.getMe(),
  send: (x, chat, text) => x.telegram.sendMessage(chat, text),
}), { moving });
