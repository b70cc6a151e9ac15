"""The `openstack` command, as Debian packages it."""
import json
import os
import re
import subprocess
import tempfile

from steps import DATA, ROOT, STATUSES, admin, end, inject, report, step

ENV = dict(os.environ, OS_AUTH_URL=ROOT + '/identity/v3', OS_IDENTITY_API_VERSION='3', OS_USERNAME='demo',
           OS_PASSWORD='secret', OS_USER_DOMAIN_NAME='Default', OS_PROJECT_NAME='demo', OS_PROJECT_DOMAIN_NAME='Default',
           OS_REGION_NAME='RegionOne')
folder = tempfile.TemporaryDirectory()
source = os.path.join(folder.name, 'source')
target = os.path.join(folder.name, 'target')
with open(source, 'wb') as file:
    file.write(DATA)


def run(*arguments, fails=None, **env):
    """Returns the output of the command; with `fails`, the command must fail with this text."""
    done = subprocess.run(('openstack',) + arguments, env=dict(ENV, **env), capture_output=True, text=True, timeout=120)
    if fails is None:
        assert done.returncode == 0, done.stderr
    else:
        assert done.returncode != 0 and fails in done.stderr + done.stdout, (done.returncode, done.stderr)
        for kind, status in re.findall(r'(\w+): (\d{3}): ', done.stderr):
            report(int(status), 'exit %d, %s' % (done.returncode, kind))
    return done.stdout


@step('logs in and shows the catalogue')
def log_in():
    assert run('token', 'issue', '-f', 'value', '-c', 'id').startswith('gAAAA')
    types = {entry['Type'] for entry in json.loads(run('catalog', 'list', '-f', 'json'))}
    assert {'identity', 'image', 'compute'} <= types, types


@step('lists images')
def list_images():
    names = [image['Name'] for image in json.loads(run('image', 'list', '-f', 'json'))]
    assert 'demo-private' in names, names


@step('creates and uploads, shows, downloads and compares')
def create():
    run('image', 'create', 'cli', '--file', source, '--disk-format', 'raw', '--tag', 't1', '--property', 'os_distro=debian')
    shown = json.loads(run('image', 'show', 'cli', '-f', 'json'))
    assert (shown['status'], shown['size']) == ('active', len(DATA)), shown
    run('image', 'save', 'cli', '--file', target)
    with open(target, 'rb') as saved:
        assert saved.read() == DATA


@step('delete of a protected image prints HttpException: 403')
def protect():
    run('image', 'set', '--protected', 'cli')
    run('image', 'delete', 'cli', fails='403')


# The library of the command retries once after a 401, and several times after a 503.
ASKED = {401: 2, 503: 6}
for status in STATUSES:
    @step('an injected %d on delete is printed by the command' % status)
    def injected(status=status):
        asked = ASKED.get(status, 1)
        inject('image-v2.deleteImage', status, calls=asked)
        if status == 404:
            # The command ignores a 404 on delete.
            run('image', 'delete', 'cli')
            report(status, 'exit 0')
        else:
            run('image', 'delete', 'cli', fails=': %d: ' % status)
        met = admin('GET', '/requests?operation=image-v2.deleteImage&status=%d&source=injected' % status)
        assert len(met['requests']) == asked, met


@step('deletes an image after it is unprotected; a second delete fails')
def delete():
    run('image', 'set', '--unprotected', 'cli')
    run('image', 'delete', 'cli')
    run('image', 'delete', 'cli', fails='No Image found for cli')
    report(404, 'exit 1, No Image found')


@step('an expired token is rejected')
def expired():
    token = run('token', 'issue', '-f', 'value', '-c', 'id').strip()
    admin('PUT', '/clock', {'advance': 90000})
    run('--os-auth-type', 'token', '--os-token', token, 'image', 'list', fails='Failed to validate token',
        OS_USERNAME='', OS_PASSWORD='', OS_USER_DOMAIN_NAME='')
    run('image', 'list')


@step('an application credential logs in')
def credential():
    made = json.loads(run('application', 'credential', 'create', 'ci', '-f', 'json'))
    stripped = {name: value for name, value in ENV.items() if not name.startswith('OS_')}
    done = subprocess.run(
        ('openstack', '--os-auth-type', 'v3applicationcredential', '--os-auth-url', ENV['OS_AUTH_URL'],
         '--os-application-credential-id', made.get('ID', made.get('id')), '--os-application-credential-secret', made.get('Secret', made.get('secret')),
         '--os-region-name', 'RegionOne', 'image', 'list'), env=stripped, capture_output=True, text=True, timeout=120)
    assert done.returncode == 0, done.stderr


end()
