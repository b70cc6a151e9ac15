"""Clients with a fixed address, whose log-in names select their world."""
import json
import os
import subprocess

import openstack
from libcloud.compute.providers import get_driver
from libcloud.compute.types import Provider
from steps import DATA, ROOT, admin, end, raises, step

# The common address of all worlds, and the world of this driver.
PLAIN, WORLD = ROOT.split('/w/')
ENV = dict(os.environ, OS_AUTH_URL=PLAIN + '/identity/v3', OS_IDENTITY_API_VERSION='3', OS_USERNAME='demo',
           OS_PASSWORD='secret', OS_USER_DOMAIN_NAME='Default', OS_PROJECT_NAME='demo@' + WORLD,
           OS_PROJECT_DOMAIN_NAME='Default', OS_REGION_NAME='RegionOne')


def run(*command, **env):
    done = subprocess.run(command, env=dict(ENV, **env), capture_output=True, text=True, timeout=120)
    assert done.returncode == 0, done.stderr
    return done.stdout


def connect(project='demo@' + WORLD):
    return openstack.connection.Connection(
        auth=dict(auth_url=PLAIN + '/identity/v3', username='demo', password='secret', user_domain_name='Default',
                  project_name=project, project_domain_name='Default'), region_name='RegionOne')


cloud = connect()


@step('openstacksdk reaches its world through the plain addresses')
def sdk():
    image = cloud.create_image('only here', data=DATA, disk_format='raw', container_format='bare', wait=True)
    assert cloud.image.get_endpoint().startswith(PLAIN + '/image'), cloud.image.get_endpoint()
    assert cloud.image.get_image(image.id).size == len(DATA)
    assert 'only here' in [each.name for each in cloud.compute.images()]


@step('openstacksdk gets an error for an unknown world')
def unknown():
    error = raises(openstack.exceptions.SDKException, lambda: connect('demo@nowhere').authorize())
    assert 'HTTP 401' in str(error), error


@step('openstack and glance reach it too')
def commands():
    names = [image['Name'] for image in json.loads(run('openstack', 'image', 'list', '-f', 'json'))]
    assert 'only here' in names, names
    assert 'only here' in run('glance', 'image-list')
    assert 'only here' not in run('glance', 'image-list', OS_PROJECT_NAME='demo')


@step('libcloud selects it by the tenant of Keystone and by the user of Rackspace')
def libcloud():
    keystone = get_driver(Provider.OPENSTACK)(
        'demo', 'secret', ex_force_auth_url=PLAIN + '/identity/v3/auth/tokens', ex_force_auth_version='3.x_password',
        ex_tenant_name='demo@' + WORLD, ex_force_service_region='RegionOne', api_version='2.2')
    assert 'only here' in [image.name for image in keystone.list_images()]
    rackspace = get_driver(Provider.RACKSPACE)(
        'demo@' + WORLD, 'demo-api-key', region='dfw', ex_force_auth_url=PLAIN + '/rackspace/identity/v2.0/tokens')
    assert 'only here' in [image.name for image in rackspace.list_images()]


@step('the journal of the world contains these requests')
def journal():
    urls = [request['url'] for request in admin('GET', '/requests?limit=1000')['requests']]
    assert len(urls) > 15 and not [url for url in urls if url.startswith('/w/')], urls


end()
