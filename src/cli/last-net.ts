/** Exit code of a process that an unexpected error ended; `EX_SOFTWARE` of `sysexits.h`. */
const UNEXPECTED = 70;

/**
 * Ends the process on an error that nothing else has caught, since nobody knows what it left half done. Nothing is written
 * any more: each change whose response was sent is in the log of the state file already, and the next start continues it.
 */
export function endOnUnexpectedErrors(): void {
  process.on('uncaughtException', (error: unknown) => {
    const stack = error instanceof Error ? (error.stack ?? error.message) : String(error);
    process.stderr.write(
      `sideglance: ended by an error that nothing caught. This is an error of Sideglance, please report it. With --state, all changes whose response was sent are saved.\n${stack}\n`,
    );
    process.exit(UNEXPECTED);
  });
}
