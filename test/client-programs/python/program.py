"""What the Python programs share: the inputs of a task, its output, and how it ends. See conformance/README.md."""
import os
import sys
import time

UNSUPPORTED = 127


def given(name):
    """Returns an input of the task, such as given('IMAGE_ID')."""
    try:
        return os.environ['SIDEGLANCE_' + name]
    except KeyError:
        raise SystemExit('SIDEGLANCE_%s is not set' % name)


def only_for(*apis):
    """Ends with 127 for other APIs. Called before the library is loaded, which takes most of the time."""
    if given('API') not in apis:
        sys.exit(UNSUPPORTED)


def property_given():
    """Returns the name and the value of SIDEGLANCE_PROPERTY."""
    name, _, value = given('PROPERTY').partition('=')
    return name, value


def seconds_given():
    """Returns the seconds that the program may take."""
    return int(os.environ.get('SIDEGLANCE_TIMEOUT', '60'))


def write_lines(values):
    """Writes ids to the output of the task, one a line."""
    path = os.environ.get('SIDEGLANCE_OUTPUT')
    if path is None:
        return
    with open(path, 'w', encoding='utf-8') as file:
        file.writelines('%s\n' % value for value in values)


def write_chunks(chunks):
    """Writes downloaded data to the output of the task, once all of it is there."""
    part = given('OUTPUT') + '.part'
    with open(part, 'wb') as file:
        for chunk in chunks:
            file.write(chunk)
    os.rename(part, given('OUTPUT'))


def until_active(status_of):
    """Polls once a second until the image is active. For libraries that have no function for it."""
    end = time.monotonic() + seconds_given()
    while time.monotonic() < end:
        status = status_of().lower()
        if status == 'active':
            return
        if status in ('error', 'killed', 'deleted', 'pending_delete', 'deactivated'):
            raise RuntimeError('the image is %s' % status)
        time.sleep(1)
    raise RuntimeError('the image did not become active in time')


def main(tasks):
    """Runs the function of the task: tasks['image-v2']['list-images']. Ends with 0, 1 after an error, or 127."""
    run = tasks.get(given('API'), {}).get(given('TASK'))
    if run is None:
        sys.exit(UNSUPPORTED)
    try:
        run()
    except Exception as error:
        print('%s: %s' % (type(error).__name__, error), file=sys.stderr)
        sys.exit(1)
