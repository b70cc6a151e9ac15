import { endOnUnexpectedErrors } from './last-net.ts';
import { runCli } from './run.ts';

/** Resolves at the first signal. The second one ends the process at once, as users who press Ctrl-C twice expect. */
const stopped = (): Promise<void> =>
  new Promise((resolve) => {
    const stop = (): void => {
      process.off('SIGTERM', stop);
      process.off('SIGINT', stop);
      resolve();
    };
    process.on('SIGTERM', stop);
    process.on('SIGINT', stop);
  });

// A reader at the other end of a pipe may stop reading early, as `head` does.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  process.exit(error.code === 'EPIPE' ? 0 : 1);
});

endOnUnexpectedErrors();

const { stdout, stderr } = process;
void runCli(process.argv.slice(2), { stdout, stderr, stopped }).then((exitCode) => {
  process.exitCode = exitCode;
});
