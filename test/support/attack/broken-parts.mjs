// The parts of a server that broken-server.mjs can break: each function makes a method throw once, and then work again.

/** Makes a method throw the next time that it is called with arguments that fit. */
function breakOnce(target, name, isMeant = () => true) {
  const own = Object.getOwnPropertyDescriptor(target, name);
  const working = target[name];
  target[name] = function (...args) {
    if (!isMeant(...args)) return working.apply(this, args);
    if (own === undefined) delete target[name];
    else Object.defineProperty(target, name, own);
    throw new Error('broken part');
  };
}

/** Returns the parts by name. */
export function brokenParts(sources, { emulator, access, listeners }) {
  const classOf = (file, name) => sources[`src/${file}.ts`][name].prototype;
  const dialect = (wanted) => sources['src/dialects/index.ts'].DIALECTS.find(({ name }) => name === wanted);
  const world = emulator.worlds.get('default');
  const glance = dialect('image-v2');
  return {
    'the world of the address': () => breakOnce(classOf('world/worlds', 'Worlds'), 'get'),
    'the world of the token': () => breakOnce(classOf('world/worlds', 'Worlds'), 'ofToken'),
    'the world of a log-in': () => breakOnce(dialect('identity'), 'worldOfLogIn'),
    'the identity of the caller': () => breakOnce(glance, 'identify'),
    'the identity of the caller, and the 500 for it': () => {
      breakOnce(glance, 'identify');
      breakOnce(glance, 'presentFailure');
    },
    'the reply to an unknown path': () => breakOnce(glance, 'presentUnrouted'),
    'the reply to a path of no API': () => breakOnce(classOf('http/arrival', 'Arrival'), 'sendUnmatched'),
    'due changes': () => breakOnce(classOf('world/world', 'World'), 'applyDueChanges'),
    'an import': () => breakOnce(classOf('domain/imports/imports', 'Imports'), 'start'),
    'the sending of a reply': () => breakOnce(classOf('http/arrival', 'Arrival'), 'sendAs'),
    'the journal': () => breakOnce(world.journal.constructor.prototype, 'record'),
    'the completion of a journal entry': () => breakOnce(world.journal.constructor.prototype, 'complete'),
    'the coverage': () => breakOnce(classOf('coverage/coverage', 'Coverage'), 'count'),
    'a reader of the journal': () => breakOnce(world.journal.constructor.prototype, 'after'),
    'a late effect': () => breakOnce(classOf('domain/images/images', 'Images'), 'remove'),
    'the sending of a reply of the admin API': () => breakOnce(classOf('http/arrival', 'Arrival'), 'send'),
    'a report of the admin API': () => breakOnce(classOf('coverage/coverage', 'Coverage'), 'report'),
    'the access to the admin API': () => breakOnce(access, 'port'),
    'the data of an image': () => breakOnce(world.blobs, 'open'),
    'the listener of requests': () => breakOnce(listeners, 'onRequest'),
    'the turn of a request on its connection': () => breakOnce(emulator.app, 'handle'),
  };
}
