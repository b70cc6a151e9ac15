/** Carries out tasks for a parent process, one after the other: { env, mistakes } in, { code, message } out. */
import { runTask } from './tasks.mjs';

process.on('message', async ({ env, mistakes }) => process.send(await runTask(env, mistakes)));
process.on('disconnect', () => process.exit());
