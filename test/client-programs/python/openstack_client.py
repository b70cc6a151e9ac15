"""The `openstack` command, with its defaults."""
import os
import subprocess
import sys

from program import given, main, only_for, write_lines

only_for('identity', 'image-v2', 'compute-v2.1')


# As at a terminal: `image create` uploads what any other standard input has.
TERMINAL = os.openpty()[1]


def openstack(*arguments):
    """Runs the command; returns its output."""
    done = subprocess.run(('/usr/bin/openstack',) + arguments, stdin=TERMINAL, stdout=subprocess.PIPE, text=True)
    if done.returncode != 0:
        # The command has written the error.
        sys.exit(1)
    return done.stdout


def ids(*arguments, column='ID'):
    """Runs a command that prints ids; writes them to the output of the task."""
    write_lines(openstack(*arguments, '-f', 'value', '-c', column).split())


def change(*flags):
    return lambda: openstack('image', 'set', *flags, given('IMAGE_ID'))


main({
    'identity': {'authenticate': lambda: openstack('token', 'issue')},
    'image-v2': {
        'authenticate': lambda: openstack('token', 'issue'),
        'list-images': lambda: ids('image', 'list'),
        'show-image': lambda: ids('image', 'show', given('IMAGE_ID'), column='id'),
        'create-image': lambda: ids('image', 'create', given('IMAGE_NAME'), column='id'),
        'create-and-upload': lambda: ids('image', 'create', given('IMAGE_NAME'), '--file', given('FILE'), column='id'),
        'download-image': lambda: openstack('image', 'save', '--file', given('OUTPUT'), given('IMAGE_ID')),
        'update-image': lambda: change('--property', given('PROPERTY'))(),
        'protect-image': change('--protected'),
        'delete-image': lambda: openstack('image', 'delete', given('IMAGE_ID')),
        'deactivate-image': change('--deactivate'),
        'reactivate-image': change('--activate'),
        'add-tag': lambda: change('--tag', given('TAG'))(),
        'remove-tag': lambda: openstack('image', 'unset', '--tag', given('TAG'), given('IMAGE_ID')),
        'share-image': lambda: openstack('image', 'add', 'project', given('IMAGE_ID'), given('MEMBER')),
        'accept-image': change('--accept'),
        'list-members': lambda: ids('image', 'member', 'list', given('IMAGE_ID'), column='Member ID'),
        'unshare-image': lambda: openstack('image', 'remove', 'project', given('IMAGE_ID'), given('MEMBER')),
    },
    'compute-v2.1': {
        'create-snapshot': lambda: ids(
            'server', 'image', 'create', '--wait', '--name', given('IMAGE_NAME'), given('SERVER_ID'), column='id'),
    },
})
