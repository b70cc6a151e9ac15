// What the JavaScript programs share: the inputs of a task, its output, and how it ends. See conformance/README.md.
import { createWriteStream, renameSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { pipeline } from 'node:stream/promises';

const UNSUPPORTED = 127;

/** Loads a package that is installed in CLIENTS_FOLDER. */
export const load = createRequire(`${process.env.CLIENTS_FOLDER}/`);

/** Returns an input of the task, such as given('IMAGE_ID'). */
export function given(name) {
  const value = process.env[`SIDEGLANCE_${name}`];
  if (value === undefined) throw new Error(`SIDEGLANCE_${name} is not set`);
  return value;
}

/** Returns the name and the value of SIDEGLANCE_PROPERTY. */
export function propertyGiven() {
  const [name, ...rest] = given('PROPERTY').split('=');
  return [name, rest.join('=')];
}

/** Returns the seconds that the program may take. */
export const secondsGiven = () => Number(process.env.SIDEGLANCE_TIMEOUT ?? '60');

/** Writes ids to the output of the task, one a line. */
export function writeLines(values) {
  const path = process.env.SIDEGLANCE_OUTPUT;
  if (path !== undefined) writeFileSync(path, values.map((value) => `${value}\n`).join(''));
}

/** Writes downloaded data to the output of the task, once all of it is there. */
export async function writeStream(stream) {
  const part = `${given('OUTPUT')}.part`;
  await pipeline(stream, createWriteStream(part));
  renameSync(part, given('OUTPUT'));
}

/** Runs the function of the task: tasks['image-v2']['list-images']. Ends with 0, 1 after an error, or 127. */
export async function main(tasks) {
  const run = tasks[given('API')]?.[given('TASK')];
  if (run === undefined) process.exit(UNSUPPORTED);
  try {
    await run();
  } catch (error) {
    console.error(`${error.name}: ${error.message}`);
    process.exit(1);
  }
  process.exit(0);
}
