// grammy: option client.apiRoot.
import { Bot } from "grammy";
import { compare } from "../shared/compare.mjs";
import { makeReads, moving } from "./telegram.mjs";

await compare((root, key) => new Bot(key, { client: { apiRoot: root } }), makeReads({
  getMe: (x) => x.api.getMe(),
  send: (x, chat, text) => x.api.sendMessage(chat, text),
}), { moving });
