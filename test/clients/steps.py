"""What the Python drivers share: steps that are printed one by one, and the admin API of their world."""
import json
import os
import sys
import urllib.request

# Statuses for which every client has an error of its own.
STATUSES = (401, 403, 404, 409, 413, 500, 503)
ROOT = os.environ['SIDEGLANCE_ROOT']  # the world's address, no slash at the end
DATA = bytes(range(256)) * 4096  # one MiB
_failed = 0


def admin(method, path, body=None):
    """One call of the world's admin API; answers the JSON of the reply, if there is one."""
    request = urllib.request.Request(
        ROOT + '/__admin' + path, method=method, data=None if body is None else json.dumps(body).encode())
    with urllib.request.urlopen(request, timeout=30) as response:
        text = response.read()
    return json.loads(text) if text else None


def inject(operation, status, calls=1):
    """Arms one fault: the next call of that operation, or so many of them, get that status."""
    admin('POST', '/faults', {
        'match': {'operation': operation}, 'undocumented': True, 'calls': {'to': calls},
        'fault': {'answer': status, 'retryAfter': 1}})


def tell(status, error):
    """Tells what the client made of a status, for the table of the documentation."""
    print('met %d %s' % (status, error), flush=True)


def step(title):
    """Runs the function it decorates at once, and prints how it went."""
    def run(function):
        global _failed
        try:
            function()
            print('ok ' + title, flush=True)
        except BaseException as error:  # a driver goes on after a failed step, whatever it was
            _failed += 1
            print('not ok %s: %s: %s' % (title, type(error).__name__, str(error)[:500]), flush=True)
        return function
    return run


def raises(kind, function, **attributes):
    """Asserts that a call raises exactly this exception, with these attributes."""
    try:
        function()
    except kind as error:
        if type(error) is not kind:
            raise AssertionError('%s came in place of %s' % (type(error).__name__, kind.__name__))
        for name, value in attributes.items():
            found = getattr(error, name)
            assert found == value, '%s is %r, not %r' % (name, found, value)
            if name in ('code', 'status_code', 'http_status'):
                tell(value, type(error).__name__)
        return error
    raise AssertionError('%s did not come' % kind.__name__)


def end():
    sys.exit(1 if _failed else 0)
