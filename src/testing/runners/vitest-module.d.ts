/** What the adapter uses of Vitest, which is not installed here. The example in examples/vitest checks it against Vitest's own types. */
declare module 'vitest' {
  export interface TestContext {
    readonly task: {
      readonly name: string;
      readonly fullTestName?: string;
      readonly file: { readonly filepath: string };
      readonly result?: { readonly state: string };
    };
  }

  type Define = (title: string, body: (context: TestContext) => unknown, timeout?: number) => void;

  export const test: Define & {
    readonly only: Define;
    readonly skip: Define;
    readonly concurrent: Define;
    todo(title: string): void;
  };

  export function afterAll(end: () => unknown): void;

  export interface Matchers<T> {
    readonly not: Matchers<T>;
  }

  export const expect: { extend(matchers: object): void };
}
