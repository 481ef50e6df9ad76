// Scripts without what only people need: { name: text } as JSON from standard input, the same to standard output.
import { minify } from "terser";

let given = "";
for await (const part of process.stdin) given += part;
const small = {};
for (const [name, text] of Object.entries(JSON.parse(given))) small[name] = (await minify(text, { module: true })).code;
process.stdout.write(JSON.stringify(small));
