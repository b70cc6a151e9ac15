import { useSignal } from '@preact/signals';
import { setToken, token } from '../api/client.ts';

/** Asks for the admin token, which is kept until the tab is closed and never becomes a part of an address. */
export function TokenForm() {
  const value = useSignal('');
  const isWrong = token.value !== '';
  return (
    <form
      class="welcome"
      onSubmit={(event) => {
        event.preventDefault();
        setToken(value.value.trim());
      }}
    >
      <h1>Admin token</h1>
      <p>
        {isWrong ? 'The server does not accept this token. ' : 'This server requires a token for its admin API. '}
        It is the value of <code>--admin-token</code>, or was printed when the server started.
      </p>
      <label class="field">
        Token
        <input
          type="password"
          autocomplete="off"
          value={value.value}
          onInput={(event) => (value.value = event.currentTarget.value)}
        />
      </label>
      <button type="submit" class="button button-primary" disabled={value.value.trim() === ''}>
        Continue
      </button>
    </form>
  );
}
