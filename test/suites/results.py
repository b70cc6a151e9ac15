"""results.py FILE: prints a line of JSON for each test in a subunit stream.

A line has its name, "pass", "fail" or "skip", the reason, and when it started and ended (milliseconds since 1970).
"""
import json
import re
import sys

import subunit
import testtools

STATUSES = {'success': 'pass', 'uxsuccess': 'fail', 'fail': 'fail', 'skip': 'skip', 'xfail': 'fail'}


def reason_of(details):
    """Returns the reason of a skip, or the last line of the traceback."""
    if 'reason' in details:
        return details['reason'].as_text().strip()
    for name, detail in details.items():
        if 'traceback' in name:
            return (detail.as_text().strip().splitlines() or [''])[-1]
    return ''


def report(test):
    status = STATUSES.get(test['status'], 'fail' if test['status'] == 'inprogress' else None)
    if status is None:
        return
    # Tempest adds attributes to its names: test_a[id-1234,smoke].
    name = re.sub(r'\[[^\]]*\]$', '', test['id'])
    reason = '' if status == 'pass' else ' '.join(reason_of(test['details']).split())[:400]
    if test['status'] == 'inprogress':
        reason = 'was still running at the time limit'
    started, ended = (time and time.timestamp() * 1000 for time in test['timestamps'])
    print(json.dumps({'test': name, 'status': status, 'reason': reason, 'started': started, 'ended': ended}))


with open(sys.argv[1], 'rb') as stream:
    result = testtools.StreamToDict(report)
    result.startTestRun()
    subunit.ByteStreamToStreamResult(stream, non_subunit_name='stdout').run(result)
    result.stopTestRun()
