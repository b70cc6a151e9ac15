import type { Proofs } from '../bench.ts';

/** Proofs of the rules on logins and secrets. */
export const loginProofs: Proofs = {
  'login-per-request': async (bench, isGood) => {
    for (let time = 0; time < 5; time += 1) {
      if (!isGood) await bench.login();
      await bench.list();
      bench.wait(1);
    }
  },
  'no-login-after-401': async (bench, isGood) => {
    await bench.list();
    bench.arm('listImages', { answer: 401 });
    await bench.list();
    if (isGood) await bench.login();
    await bench.list();
  },
  'token-to-another-host': async (bench, isGood) => {
    await bench.send('GET', '/images?limit=100', isGood ? {} : { headers: { Host: 'elsewhere.example:9292' } });
  },
  'token-in-url': async (bench, isGood) => {
    await bench.list(isGood ? '?limit=100' : `?limit=100&token=${bench.token}`);
  },
  'secret-in-query': async (bench, isGood) => {
    await bench.list(isGood ? '?limit=100' : '?limit=100&password=secret');
  },
};
