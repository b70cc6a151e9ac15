/** The table of views, in the order of the navigation. To add a view, add a folder and its entry here. */
import type { Session } from '../session/session.ts';
import { COMPARE } from './compare/index.ts';
import { CONDUCT } from './conduct/index.ts';
import { COVERAGE } from './coverage/index.ts';
import { REQUESTS } from './requests/index.ts';
import { RESULTS } from './results/index.ts';
import { SCENARIOS } from './scenarios/index.ts';
import type { View } from './view.ts';
import { WORLDS } from './worlds/index.ts';

const VIEWS: readonly View[] = [REQUESTS, SCENARIOS, COVERAGE, CONDUCT, WORLDS, RESULTS, COMPARE];

/** The views that can show a kind of session. */
export const viewsFor = (kind: Session['kind']): readonly View[] => VIEWS.filter(({ kinds }) => kinds.includes(kind));
