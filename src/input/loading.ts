/** A step of loading content. Large files take seconds for each of them, in which the process does nothing else. */
export interface LoadingStep {
  readonly step: 'reading' | 'checking' | 'building';
  /** The file, or what is built: `50000 images`. */
  readonly what: string;
}

/** Called before each step of loading content. */
export type LoadingListener = (step: LoadingStep) => void;
