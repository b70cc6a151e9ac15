export default {
  testEnvironment: 'node',
  // Nothing is timed: this is for machines with more to do than cores to do it with.
  testTimeout: 30_000,
  roots: ['<rootDir>/test'],
  coverageProvider: 'v8',
  extensionsToTreatAsEsm: ['.ts'],
  transform: {
    '^.+\\.ts$': [
      '@swc/jest',
      {
        module: { type: 'es6' },
        jsc: { target: 'es2023', parser: { syntax: 'typescript' }, experimental: { keepImportAttributes: true } },
      },
    ],
  },
};
