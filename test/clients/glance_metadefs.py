"""The `glance` command, as Debian packages it: all `md-` commands, for metadata definitions."""
import json
import os
import subprocess
import tempfile

from steps import ROOT, end, step

folder = tempfile.TemporaryDirectory()
# The command caches schemas in the home directory.
ENV = dict(os.environ, HOME=folder.name, OS_AUTH_URL=ROOT + '/identity/v3', OS_IDENTITY_API_VERSION='3',
           OS_USERNAME='admin', OS_PASSWORD='secret', OS_USER_DOMAIN_NAME='Default', OS_PROJECT_NAME='admin',
           OS_PROJECT_DOMAIN_NAME='Default', OS_REGION_NAME='RegionOne')
NAMESPACE = 'Test::One'


def run(command, *arguments, fails=None, user='admin'):
    """Returns the output of `glance md-<command>`; with `fails`, the command must fail with this text."""
    done = subprocess.run(('/usr/bin/glance', 'md-' + command) + arguments,
                          env=dict(ENV, OS_USERNAME=user, OS_PROJECT_NAME=user),
                          capture_output=True, text=True, timeout=120)
    said = done.stdout + done.stderr
    if fails is None:
        assert done.returncode == 0, said
    else:
        assert done.returncode != 0 and fails in said, (done.returncode, said)
    return done.stdout


@step('creates, shows, renames and lists namespaces')
def namespaces():
    run('namespace-create', NAMESPACE, '--display-name', 'One', '--visibility', 'public')
    run('namespace-create', NAMESPACE, fails='already exists')
    assert 'One' in run('namespace-show', NAMESPACE, user='demo')
    run('namespace-update', NAMESPACE, '--namespace', 'Test::Eins', '--protected', 'True')
    run('namespace-delete', 'Test::Eins', fails='is protected and cannot be deleted')
    run('namespace-update', 'Test::Eins', '--namespace', NAMESPACE, '--protected', 'False')
    for name in ('Test::Two', 'Test::Three'):
        run('namespace-create', name, '--visibility', 'public')
    listed = run('namespace-list', '--page-size', '1', '--visibility', 'public', user='demo')
    assert 'Test::Two' in listed and 'Test::Three' in listed, listed


@step('cannot create a namespace without the role admin')
def policies():
    run('namespace-create', 'Test::Demo', user='demo', fails='403')
    run('tag-create', NAMESPACE, '--name', 't', user='demo', fails='403')
    run('namespace-show', 'Test::None', fails='404')


@step('associates and dissociates resource types')
def resource_types():
    run('resource-type-associate', NAMESPACE, '--name', 'OS::Glance::Image', '--prefix', 'hw_')
    run('resource-type-associate', NAMESPACE, '--name', 'OS::Glance::Image', fails='already exists')
    assert 'hw_' in run('namespace-resource-type-list', NAMESPACE)
    assert NAMESPACE in run('namespace-list', '--resource-types', 'OS::Glance::Image')
    assert 'OS::Glance::Image' in run('resource-type-list')


@step('creates, shows, changes and lists properties')
def properties():
    run('property-create', NAMESPACE, '--name', 'p', '--title', 'P', '--schema', '{"type": "string", "enum": ["a", "b"]}')
    run('property-create', NAMESPACE, '--name', 'p', '--title', 'P', '--schema', '{"type": "string"}', fails='already exists')
    assert 'string' in run('property-show', NAMESPACE, 'p')
    run('property-update', NAMESPACE, 'p', '--name', 'p2', '--title', 'P2', '--schema', '{"type": "integer", "minimum": 2}')
    listed = run('property-list', NAMESPACE)
    assert 'p2' in listed and 'P2' in listed, listed
    assert 'hw_p2' in run('namespace-show', NAMESPACE, '--resource-type', 'OS::Glance::Image')


@step('creates, shows, changes and lists objects')
def objects():
    schema = {'description': 'd', 'required': ['a'], 'properties': {'a': {'title': 'A', 'type': 'boolean'}}}
    run('object-create', NAMESPACE, '--name', 'o', '--schema', json.dumps(schema))
    assert 'boolean' in run('object-property-show', NAMESPACE, 'o', 'a')
    run('object-update', NAMESPACE, 'o', '--name', 'o2', '--schema', '{"description": "e"}')
    assert 'o2' in run('object-list', NAMESPACE)
    assert 'o2' in run('object-show', NAMESPACE, 'o2')
    run('object-show', NAMESPACE, 'o', fails='Could not find metadata object o')


@step('creates tags one by one and in a batch, renames and lists them')
def tags():
    run('tag-create', NAMESPACE, '--name', 't')
    run('tag-create', NAMESPACE, '--name', 't', fails='already exists')
    run('tag-create-multiple', NAMESPACE, '--names', 'a,b')
    # With --append, this version of the command fails before it sends a request.
    run('tag-create-multiple', NAMESPACE, '--names', 'c:d', '--delim', ':')
    run('tag-update', NAMESPACE, 'c', '--name', 'e')
    assert 'created_at' in run('tag-show', NAMESPACE, 'e')
    names = {line.split('|')[1].strip() for line in run('tag-list', NAMESPACE).splitlines() if '|' in line}
    assert names == {'name', 'd', 'e'}, names


@step('removes each part, all parts of a kind, and the namespace')
def remove():
    run('tag-delete', NAMESPACE, 'e')
    run('tag-delete', NAMESPACE, 'e', fails='Could not find metadata tag e')
    run('object-delete', NAMESPACE, 'o2')
    run('property-delete', NAMESPACE, 'p2')
    run('resource-type-deassociate', NAMESPACE, 'OS::Glance::Image')
    for kind in ('tags', 'objects', 'properties'):
        run('namespace-%s-delete' % kind, NAMESPACE)
    run('namespace-delete', NAMESPACE)
    run('namespace-delete', NAMESPACE, fails='404')


@step('imports a namespace from a file')
def imports():
    path = os.path.join(folder.name, 'namespace.json')
    with open(path, 'w') as file:
        json.dump({'namespace': 'Test::File', 'visibility': 'public', 'tags': [{'name': 'x'}],
                   'properties': {'p': {'title': 'P', 'type': 'integer', 'default': 3}}}, file)
    run('namespace-import', '--file', path)
    assert 'Test::File' in run('namespace-show', 'Test::File', user='demo')


end()
