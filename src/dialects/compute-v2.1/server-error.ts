/** Thrown where the service fails on what it was given, and names the class of its own failure in the answer. */
export class ServerError extends Error {
  readonly pythonClass: string;

  constructor(pythonClass: string) {
    super(`the service fails with ${pythonClass}`);
    this.name = 'ServerError';
    this.pythonClass = pythonClass;
  }
}
