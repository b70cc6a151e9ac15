"""Shared code of the Python drivers: steps that print their result, and the admin API of the driver's world."""
import json
import os
import sys
import urllib.request

# Statuses for which docs/clients.md lists the error of each client.
STATUSES = (401, 403, 404, 409, 413, 500, 503)
ROOT = os.environ['SIDEGLANCE_ROOT']  # address of the world, without a trailing slash
DATA = bytes(range(256)) * 4096  # 1 MiB
_failed = 0


def admin(method, path, body=None):
    """Sends a request to the admin API of the world; returns the parsed body, if any."""
    request = urllib.request.Request(
        ROOT + '/__admin' + path, method=method, data=None if body is None else json.dumps(body).encode(),
        headers={'Content-Type': 'application/json'})
    with urllib.request.urlopen(request, timeout=30) as response:
        text = response.read()
    return json.loads(text) if text else None


def inject(operation, status, calls=1):
    """Arms a fault: the next request (or requests) for the operation get the status."""
    admin('POST', '/faults', {
        'match': {'operation': operation}, 'undocumented': True, 'calls': {'to': calls},
        'fault': {'answer': status, 'retryAfter': 1}})


def report(status, error):
    """Reports the error that the client raises for a status, for docs/clients.md."""
    print('error %d %s' % (status, error), flush=True)


def step(title):
    """Runs the decorated function immediately and prints the result."""
    def run(function):
        global _failed
        try:
            function()
            print('ok ' + title, flush=True)
        except BaseException as error:  # later steps run after any failure
            _failed += 1
            print('not ok %s: %s: %s' % (title, type(error).__name__, str(error)[:500]), flush=True)
        return function
    return run


def raises(kind, function, **attributes):
    """Asserts that a function raises exactly this exception, with these attributes."""
    try:
        function()
    except kind as error:
        if type(error) is not kind:
            raise AssertionError('%s was raised instead of %s' % (type(error).__name__, kind.__name__))
        for name, value in attributes.items():
            found = getattr(error, name)
            assert found == value, '%s is %r, not %r' % (name, found, value)
            if name in ('code', 'status_code', 'http_status'):
                report(value, type(error).__name__)
        return error
    raise AssertionError('%s was not raised' % kind.__name__)


def end():
    sys.exit(1 if _failed else 0)
