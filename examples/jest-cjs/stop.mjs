export default () => globalThis.sideglance.close();
