import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';

/** Milliseconds between two looks at the files. */
const INTERVAL = 300;

/**
 * Calls back when files change, and files in folders: once they have stayed the same for a moment, so that a file that is being
 * written is not read halfway. Looks at the files regularly, because notifications of the system do not reach containers and
 * network file systems.
 * @returns a function that ends this.
 */
export function watchFiles(paths: readonly string[], onChanged: () => void): () => void {
  let reported = signatureOf(paths);
  let last = reported;
  const timer = setInterval(() => {
    const now = signatureOf(paths);
    const isStable = now === last;
    last = now;
    if (!isStable || now === reported) return;
    reported = now;
    onChanged();
  }, INTERVAL);
  timer.unref();
  return () => clearInterval(timer);
}

/** A text that changes when a file is changed, replaced, added or removed. */
const signatureOf = (paths: readonly string[]): string => paths.map(signatureAt).join('\n');

function signatureAt(path: string): string {
  try {
    const stats = statSync(path, { bigint: true });
    if (stats.isDirectory()) {
      const names = readdirSync(path).filter((name) => /\.(?:json|ya?ml)$/.test(name));
      return names.map((name) => signatureAt(join(path, name))).join('\n');
    }
    return `${path} ${stats.ino} ${stats.size} ${stats.mtimeNs}`;
  } catch {
    return `${path} is missing`;
  }
}
