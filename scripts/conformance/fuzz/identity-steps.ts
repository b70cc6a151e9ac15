/** Log-ins, application credentials and tokens, written by hand. */
import { type Draft, type Scene, USERS } from './scene.ts';

const ACCOUNTS: Readonly<Record<string, string>> = {
  demo: 'demo',
  demo2: 'demo2',
  reader: 'demo_reader',
  alt: 'alt_demo',
  admin: 'admin',
};
const DOMAIN = { id: 'default' };

/** Returns a step of the life of tokens and application credentials. */
export function identitySteps(scene: Scene): readonly Draft[] {
  const { random } = scene;
  return random.weighted<() => readonly Draft[]>([
    [4, () => [logIn(scene)]],
    [3, () => [createCredential(scene)]],
    [3, () => [logInWithCredential(scene)]],
    [3, () => [useToken(scene)]],
    [2, () => [aboutToken(scene)]],
  ])();
}

function tokenRequest(scene: Scene, identity: object, scope: unknown): Draft {
  return {
    as: 'none',
    api: 'identity',
    method: 'POST',
    path: `/v3/auth/tokens${scene.random.chance(0.2) ? '?nocatalog' : ''}`,
    json: { auth: { identity, ...(scope !== undefined && { scope }) } },
    save_header: { [scene.add('token', 'none')]: 'x-subject-token' },
  };
}

function logIn(scene: Scene): Draft {
  const { random } = scene;
  const user = random.pick(USERS);
  const scope = random.pick([
    undefined,
    'unscoped',
    { project: { name: user === 'alt' ? 'alt_demo' : 'demo', domain: DOMAIN } },
    { project: { id: '{project_alt}' } },
    { domain: DOMAIN },
    { system: { all: true } },
  ]);
  const token = scene.one('token');
  if (token !== undefined && random.chance(0.3)) {
    return tokenRequest(scene, { methods: ['token'], token: { id: `{${token.name}}` } }, scope);
  }
  const password = random.chance(0.9) ? 'secret' : 'wrong';
  const by = random.chance(0.8) ? { name: ACCOUNTS[user], domain: DOMAIN } : { id: `{user_${user}}` };
  return tokenRequest(scene, { methods: ['password'], password: { user: { ...by, password } } }, scope);
}

function createCredential(scene: Scene): Draft {
  const { random } = scene;
  const owner = random.pick(USERS);
  const name = scene.add('credential', owner, 'application_credential_id');
  const path = `/v3/users/{user_${owner}}/application_credentials`;
  scene.removeLater({ name, remove: { as: owner, api: 'identity', method: 'DELETE', path: `${path}/{${name}}` } });
  const role = owner === 'reader' ? 'reader' : 'member';
  const application_credential = {
    name,
    secret: 's3cret',
    ...(random.chance(0.3) && {
      roles: random.pick([[{ name: role }], [{ name: 'reader' }], [{ id: '{role_member}' }], []]),
    }),
    ...(random.chance(0.2) && { unrestricted: random.chance(0.5) }),
    ...(random.chance(0.2) && { expires_at: random.pick([null, '2099-01-01T00:00:00Z', '2020-01-01', 'x']) }),
    ...(random.chance(0.3) && {
      access_rules: [
        {
          method: 'GET',
          path: random.pick(['/v2/images', '/v2/**', '/v3/*']),
          service: random.pick(['image', 'a b', 'identity']),
        },
      ],
    }),
  };
  return {
    as: owner,
    api: 'identity',
    method: 'POST',
    path,
    json: { application_credential },
    save: { [name]: 'application_credential.id' },
  };
}

function logInWithCredential(scene: Scene): Draft {
  const credential = scene.one('credential');
  if (credential === undefined) return createCredential(scene);
  const secret = scene.random.chance(0.9) ? 's3cret' : 'wrong';
  const by = scene.random.chance(0.7)
    ? { id: `{${credential.name}}` }
    : { name: credential.name, user: { id: `{user_${credential.owner}}` } };
  return tokenRequest(
    scene,
    { methods: ['application_credential'], application_credential: { ...by, secret } },
    undefined,
  );
}

/** Asks any service with a token of the sequence. */
function useToken(scene: Scene): Draft {
  const token = scene.one('token');
  if (token === undefined) return logIn(scene);
  const as = `{${token.name}}`;
  return scene.random.pick<Draft>([
    { as, method: 'GET', path: `/v2/images/${scene.image()}` },
    { as, method: 'POST', path: `/v2/images/${scene.image()}/actions/deactivate` },
    { as, api: 'compute', method: 'GET', path: `/v2.1/images/${scene.image()}` },
    { as, api: 'identity', method: 'GET', path: '/v3/auth/projects' },
    { as, api: 'identity', method: 'GET', path: '/v3/users/{user_demo}/application_credentials', unordered: true },
    { as, api: 'identity', method: 'GET', path: '/v3/projects/{project_demo}' },
  ]);
}

function aboutToken(scene: Scene): Draft {
  const token = scene.one('token');
  if (token === undefined) return logIn(scene);
  const { random } = scene;
  return {
    as: random.chance(0.5) ? `{${token.name}}` : random.pick(USERS),
    api: 'identity',
    method: random.pick(['GET', 'GET', 'HEAD', 'DELETE']),
    path: `/v3/auth/tokens${random.chance(0.2) ? '?nocatalog' : ''}`,
    headers: { 'X-Subject-Token': `{${token.name}}` },
  };
}
