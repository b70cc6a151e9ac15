import type { ComponentType } from 'preact';
import type { Session } from '../session/session.ts';

/** A command of the palette. */
export interface Command {
  readonly title: string;
  readonly hint?: string;
  run(): void;
}

/** A view: one folder of `views/`. */
export interface View {
  /** Its name in the address. */
  readonly id: string;
  readonly title: string;
  /** What it is for, in one line. */
  readonly hint: string;
  /** The kinds of sessions that it can show. */
  readonly kinds: readonly Session['kind'][];
  readonly component: ComponentType;
  /** Its commands in the palette. */
  readonly commands?: () => readonly Command[];
}
