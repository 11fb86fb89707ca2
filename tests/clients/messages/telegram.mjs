// What is asked of every Telegram client: who am I, a message, one to a chat that blocked the bot, and a question.
export const moving = ["message_id", "date"];
export const makeReads = ({ getMe, send }) => ({
  getMe,
  sendMessage: (x) => send(x, "7", "copper 9.1"),
  "sendMessage(again)": (x) => send(x, "7", "copper 9.2"),
  "sendMessage(blocked)": (x) => send(x, "13", "copper"),
});
