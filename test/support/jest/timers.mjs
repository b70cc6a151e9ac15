const now = globalThis;

/**
 * The timers of the bundled sources. `jest.useFakeTimers` replaces the members of this object, because replacing those of
 * the process would also stop Jest.
 */
export const timers = {
  Date: now.Date,
  setTimeout: now.setTimeout,
  clearTimeout: now.clearTimeout,
  setInterval: now.setInterval,
  clearInterval: now.clearInterval,
};

// esbuild replaces the globals of these names by these exports.
export const setTimeout = (...parameters) => timers.setTimeout(...parameters);
export const clearTimeout = (...parameters) => timers.clearTimeout(...parameters);
