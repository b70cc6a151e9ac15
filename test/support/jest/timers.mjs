const now = globalThis;

/**
 * The timers of the bundled sources. `jest.useFakeTimers` replaces the members of this object: replacing those of the
 * process would also stop Jest, which runs in it.
 */
export const timers = {
  Date: now.Date,
  setTimeout: now.setTimeout,
  clearTimeout: now.clearTimeout,
  setInterval: now.setInterval,
  clearInterval: now.clearInterval,
};

// esbuild puts these in place of the globals of the same name.
export const setTimeout = (...parameters) => timers.setTimeout(...parameters);
export const clearTimeout = (...parameters) => timers.clearTimeout(...parameters);
