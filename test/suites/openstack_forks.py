"""openstack_forks.py SOCKET: runs the `openstack` command of the package in forks of this process, which has loaded it.

The functional tests of openstackclient start hundreds of commands, each of which would spend a second on loading its modules. The
command in bin/ sends its arguments, environment, working directory and open files here.
"""
import importlib
import json
import os
import pkgutil
import signal
import socket
import sys

import openstackclient.common
import openstackclient.identity.v3
import openstackclient.image.v2
from openstackclient import shell
from stevedore import extension

GROUPS = ('openstack.cli', 'openstack.cli.base', 'openstack.cli.extension', 'openstack.common', 'openstack.identity.v3',
          'openstack.image.v2', 'keystoneauth1.plugin', 'cliff.formatter.list', 'cliff.formatter.show')


def load():
    """Loads what the commands would load."""
    for package in (openstackclient.common, openstackclient.identity.v3, openstackclient.image.v2):
        for module in pkgutil.iter_modules(package.__path__):
            importlib.import_module(package.__name__ + '.' + module.name)
    for group in GROUPS:
        extension.ExtensionManager(group, invoke_on_load=False, on_load_failure_callback=lambda *_: None)


def receive(connection):
    """Returns what the command sent: a mapping of its state, and its standard files."""
    head, files, _, _ = socket.recv_fds(connection, 8, 3)
    length = int.from_bytes(head, 'big')
    body = b''
    while len(body) < length:
        body += connection.recv(length - len(body))
    return json.loads(body), files


def run(connection):
    """Runs a command as it would run in a process of its own; sends its exit code."""
    state, files = receive(connection)
    for number, file in enumerate(files):
        os.dup2(file, number)
    os.chdir(state['cwd'])
    os.environ.clear()
    os.environ.update(state['env'])
    sys.argv = ['openstack', *state['args']]
    try:
        code = shell.main(state['args'])
    except SystemExit as end:
        code = end.code
        if isinstance(code, str):
            print(code, file=sys.stderr)
            code = 1
    sys.stdout.flush()
    sys.stderr.flush()
    connection.sendall(bytes([code or 0]))


def serve(path):
    listener = socket.socket(socket.AF_UNIX)
    listener.bind(path)
    listener.listen(64)
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)
    print('ready', flush=True)
    while True:
        connection, _ = listener.accept()
        if os.fork() == 0:
            listener.close()
            signal.signal(signal.SIGCHLD, signal.SIG_DFL)
            try:
                run(connection)
            finally:
                os._exit(0)
        connection.close()


load()
serve(sys.argv[1])
