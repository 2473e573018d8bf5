import { Api } from "./api.js";
import { Frame } from "./frame.js";
import { loadWords } from "./words.js";

await new Frame(await loadWords(), new Api((input, init) => fetch(input, init))).start();
