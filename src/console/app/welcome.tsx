import { FileButton } from './file-button.tsx';

/** What the page shows before a recording is opened. */
export function Welcome() {
  return (
    <section class="welcome">
      <h1>Open a recording</h1>
      <p>
        Drop a file that Sideglance has recorded, such as one that a failed test left behind. It is read in this page
        and sent nowhere.
      </p>
      <FileButton kind="primary">Choose a file</FileButton>
    </section>
  );
}
