import { render } from 'preact';
import { App } from './app/app.tsx';
import { openFirstSession } from './state/open.ts';

const root = document.getElementById('app');
if (root !== null) render(<App />, root);
void openFirstSession();
