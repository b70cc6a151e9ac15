import { describe, expect, test } from '@jest/globals';
import { mentionsSecret, redactHeader, redactText, redactToken, redactUrl } from '../../src/journal/redact.ts';

const header = (name: string, value: string): string => redactHeader({ name, value }).value;

describe('redaction', () => {
  test('replaces a token by a digest, so that equal tokens can be recognized', () => {
    expect(redactToken('gAAAA-one')).toMatch(/^sha256:[0-9a-f]{16}$/);
    expect(header('X-Auth-Token', 'gAAAA-one')).toBe(header('x-subject-token', 'gAAAA-one'));
    expect(header('X-Auth-Token', 'gAAAA-one')).not.toBe(header('X-Auth-Token', 'gAAAA-two'));
    expect(header('Authorization', 'Bearer gAAAA-one')).toBe(`Bearer ${redactToken('gAAAA-one')}`);
  });

  test('keeps the access key of a signature and hides the signature', () => {
    const signed = 'SDK-HMAC-SHA256 Access=AK1, SignedHeaders=host;x-sdk-date, Signature=0123456789abcdef';
    expect(header('Authorization', signed)).toBe(
      'SDK-HMAC-SHA256 Access=AK1, SignedHeaders=host;x-sdk-date, Signature=[redacted]',
    );
    expect(header('Authorization', 'Basic dXNlcjpwYXNz')).toBe('Basic [redacted]');
    expect(header('Cookie', 'session=1')).toBe('[redacted]');
    expect(header('Content-Type', 'application/json')).toBe('application/json');
  });

  test('hides passwords, keys and tokens in JSON bodies', () => {
    const token = { id: 'gAAAA-one', expires: '2030' };
    const body = {
      auth: {
        identity: { password: { user: { name: 'demo', password: 'p4ss' } }, token: { id: 'gAAAA-one' } },
        'RAX-KSKEY:apiKeyCredentials': { username: 'u', apiKey: 'k3y' },
        passwordCredentials: { username: 'u', password: 'p4ss' },
      },
      access: { token },
      secret: null,
    };
    const text = redactText(JSON.stringify(body));
    expect(text).not.toMatch(/p4ss|k3y|gAAAA/);
    expect(JSON.parse(text)).toEqual({
      auth: {
        identity: {
          password: { user: { name: 'demo', password: '[redacted]' } },
          token: { id: redactToken('gAAAA-one') },
        },
        'RAX-KSKEY:apiKeyCredentials': { username: 'u', apiKey: '[redacted]' },
        passwordCredentials: { username: 'u', password: '[redacted]' },
      },
      access: { token: { id: redactToken('gAAAA-one'), expires: '2030' } },
      secret: null,
    });
  });

  test('leaves the rest of a JSON text as it is', () => {
    const text =
      '{ "a" : [1, {"PassWord":"p4ss\\"x"}],\n "token": {"id": "gAAAA-one", "n": 1.0}, "secret": ["s"], "blob": null }';
    expect(redactText(text)).toBe(
      `{ "a" : [1, {"PassWord":"[redacted]"}],\n "token": {"id": "${redactToken('gAAAA-one')}", "n": 1.0}, "secret": "[redacted]", "blob": null }`,
    );
    expect(redactText(redactText(text))).toBe(redactText(text));
  });

  test('withholds a text that is nested too deeply to search', () => {
    const deep = `${'['.repeat(100_000)}{"password":"p4ss"}${']'.repeat(100_000)}`;
    expect(redactText(deep)).toBe('[redacted]');
  });

  test('withholds a body that mentions a secret but is not valid JSON', () => {
    expect(redactText('{"password": "p4ss')).toBe('[redacted]');
    expect(redactText('{"name": "im')).toBe('{"name": "im');
  });

  test('hides tokens and secrets in URLs', () => {
    expect(redactUrl('/v2/images?limit=1&token=abc&secret=s')).toBe(
      `/v2/images?limit=1&token=${redactToken('abc')}&secret=[redacted]`,
    );
    expect(redactUrl('/identity/v2.0/tokens/abc/endpoints')).toBe(
      `/identity/v2.0/tokens/${redactToken('abc')}/endpoints`,
    );
  });

  test('hides secrets in parameters of other names, and in escaped names', () => {
    expect(redactUrl('/?X-Amz-Signature=5ig&access_token=abc&client_secret=s3&apiKey=k3y&signature_method=HMAC')).toBe(
      `/?X-Amz-Signature=[redacted]&access_token=${redactToken('abc')}&client_secret=[redacted]&apiKey=[redacted]&signature_method=HMAC`,
    );
    expect(redactUrl('/?name=a;%70assword=p4ss&limit=%')).toBe('/?name=a;%70assword=[redacted]&limit=%');
    // What follows `;` may belong to the password.
    expect(redactUrl('/?password=p4;ss=x&limit=%')).toBe('/?password=[redacted]&limit=%');
    expect(redactUrl('http://demo:p4ss@[::1]:9292/v2/images')).toBe('http://demo:[redacted]@[::1]:9292/v2/images');
  });

  test('hides secrets of forms', () => {
    expect(redactText('grant_type=client_credentials&client_secret=s3cret&scope=a')).toBe(
      'grant_type=client_credentials&client_secret=[redacted]&scope=a',
    );
    expect(redactText('a=b "token=x"')).toBe('a=b "token=x"');
  });

  test('hides the value of a member whose name is escaped', () => {
    expect(redactText(String.raw`{"p\u0061ssword":"p4ss","name":"\u00e9"}`)).toBe(
      String.raw`{"p\u0061ssword":"[redacted]","name":"\u00e9"}`,
    );
  });

  test('hides the secret of an OAuth token', () => {
    expect(redactText('oauth_token=t&oauth_token_secret=s&oauth_expires_at=2030')).toBe(
      `oauth_token=${redactToken('t')}&oauth_token_secret=[redacted]&oauth_expires_at=2030`,
    );
  });

  test('hides secrets with characters that should be escaped', () => {
    expect(redactUrl('/?password=p4;ss&limit=1')).toBe('/?password=[redacted]&limit=1');
    expect(redactUrl('/?limit=1;password=p4ss')).toBe('/?limit=1;password=[redacted]');
    expect(redactText('password=p4 "ss"&name=a')).toBe('password=[redacted]&name=a');
    expect(redactText('user%5Bpassword%5D=p4ss&name=a')).toBe('user%5Bpassword%5D=[redacted]&name=a');
    expect(redactText('user[password]=p4ss')).toBe('user[password]=[redacted]');
  });

  test('hides tokens of any kind, and keeps cursors of pages', () => {
    expect(redactUrl('/?refresh_token=abc&idToken=abc&X-Amz-Security-Token=abc&next_token=7')).toBe(
      `/?refresh_token=${redactToken('abc')}&idToken=${redactToken('abc')}&X-Amz-Security-Token=${redactToken('abc')}&next_token=7`,
    );
    expect(redactText('{"token":"abc","access_token":"abc","methods":["token"]}')).toBe(
      `{"token":"${redactToken('abc')}","access_token":"${redactToken('abc')}","methods":["token"]}`,
    );
  });

  test('hides secrets in headers with a URL', () => {
    expect(header('Referer', 'http://host/?token=abc')).toBe(`http://host/?token=${redactToken('abc')}`);
    expect(header('Location', 'http://demo:p4ss@host/v2')).toBe('http://demo:[redacted]@host/v2');
    expect(header('X-Api-Key', 'k3y')).toBe('[redacted]');
  });

  test('hides the password in an address of a JSON body', () => {
    expect(redactText('{"uri":"https://demo:p4ss@host/x","at":"12:30 a@b"}')).toBe(
      '{"uri":"https://demo:[redacted]@host/x","at":"12:30 a@b"}',
    );
  });

  test('hides secrets with the name of an extension, signatures, and members of a secret object', () => {
    const text =
      '{"OS-KSADM:password": "a", "credentials": {"signature": "b"}, "secret": {"key": "c"}, "password": {"user": {"name": "d"}, "x": ["e"]}}';
    expect(redactText(text)).toBe(
      '{"OS-KSADM:password": "[redacted]", "credentials": {"signature": "[redacted]"}, "secret": {"key": "[redacted]"}, "password": {"user": {"name": "d"}, "x": "[redacted]"}}',
    );
  });

  test('hides what a response repeats from the query of its request', () => {
    const text = '{"first": "/v2/images?a=b&token=abc&limit=1", "next": "/v2/images?sig=abc&marker=x"}';
    expect(redactText(text)).toBe(
      '{"first": "/v2/images?a=b&token=sha256:ba7816bf8f01cfea&limit=1", "next": "/v2/images?sig=[redacted]&marker=x"}',
    );
  });

  test.each([
    [`{"m": "On instance: {'password': 'ab', 'x': 1}"}`, `{"m": "On instance: {'password': [redacted], 'x': 1}"}`],
    [`{"m": "{'password': \\"a'b\\", 'x': 1}"}`, `{"m": "{'password': [redacted], 'x': 1}"}`],
    [`{"m": "field 'user/password': ['ab'] is not"}`, `{"m": "field 'user/password': [redacted] is not"}`],
    [`{"m": "field 'identity/password': {'a': 'ab'} is"}`, `{"m": "field 'identity/password': [redacted] is"}`],
    [`{"m": "'blob': '{\\"secret\\": \\"ab\\"}'}"}`, `{"m": "'blob': [redacted]}"}`],
    [
      `{"m": "in schema['password']: {'type': 's'} On instance['user']['password']:\\n    ['ab']"}`,
      `{"m": "in schema['password']: {'type': 's'} On instance['user']['password']:\\n    [redacted]"}`,
    ],
  ])('hides what an error quotes in %s', (text, redacted) => {
    expect(redactText(text)).toBe(redacted);
  });

  test('hides secrets in elements of XML', () => {
    expect(redactText('<auth><password>ab</password></auth>')).toBe('[redacted]');
  });

  test.each(["'password': {", "'password': '", '?a=b&', "'/password': [", '<password'])(
    'takes no longer for many repetitions of %s',
    (part) => {
      const { user: before } = process.cpuUsage();
      redactText(`["${part.repeat(20_000)}"]`);
      expect(process.cpuUsage().user - before).toBeLessThan(500_000);
    },
  );

  test('withholds what is almost JSON, or is JSON in another encoding, when it mentions a secret', () => {
    expect(redactText("{'password': 'p4ss'}")).toBe('[redacted]');
    expect(redactText('{password: "p4ss"}')).toBe('[redacted]');
    expect(redactText('{"name":"password: none"}')).toBe('{"name":"password: none"}');
    expect(mentionsSecret(Buffer.from('{"password":"\u00fc"}', 'latin1'))).toBe(true);
    expect(mentionsSecret(Buffer.from('{"password":"\u00fc"}', 'utf16le'))).toBe(true);
    expect(mentionsSecret(Buffer.from([0xff, 0xd8, 0]))).toBe(false);
  });
});
