/** A client program for conformance cases: `node main.mjs [MISTAKE...]`. Without mistakes it is a correct client. */
import { runTask } from './tasks.mjs';

const { code, message } = await runTask(process.env, process.argv.slice(2));
if (message !== '') process.stderr.write(`${message}\n`);
process.exit(code);
