import { createClient } from '@inlay-im/client';

const { CHAT_URL: url = 'http://127.0.0.1:7400', CHAT_TOKEN: token = '' } = process.env;

const chat = createClient({ url });
await chat.signIn({ token }); // signed by your backend; `npx inlay token alice` prints one
const bob = chat.direct('bob'); // neither Bob nor the conversation need exist before
const { n } = await bob.send('Hello!').sent; // kept once the node has committed it
console.log(`Message ${n} is sent.`);
await chat.disconnect();
