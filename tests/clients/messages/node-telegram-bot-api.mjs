// node-telegram-bot-api 2.x: option apiRoot (baseApiUrl in 0.x).
import { Bot } from "node-telegram-bot-api";
import { compare } from "../shared/compare.mjs";
import { makeReads, moving } from "./telegram.mjs";

await compare((root, key) => new Bot(key, { apiRoot: root }), makeReads({
  getMe: (x) => x.api.getMe(),
  send: (x, chat, text) => x.api.sendMessage({ chat_id: chat, text }),
}), { moving });
