/** A request on which Nova itself fails with an exception and returns 500. */
export class ServerError extends Error {
  /** @param pythonClass - class of the exception, which Nova's message quotes. */
  readonly pythonClass: string;

  constructor(pythonClass: string) {
    super(pythonClass);
    this.name = 'ServerError';
    this.pythonClass = pythonClass;
  }
}
