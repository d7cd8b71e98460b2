"""What Schemathesis is told of this server beside its configuration."""

import itertools
import re

import schemathesis

CALLS = itertools.count()
CURSOR = re.compile(r"[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+")


@schemathesis.hook
def before_call(context, case, **kwargs):
    """Makes of each call what a client could send that knows the rules which no schema can say."""
    number = next(CALLS)
    # From a network of its own, so that the guard against guessing does not answer for the operation.
    case.headers = {**(case.headers or {}), "X-Forwarded-For": f"10.{number >> 8 & 255}.{number & 255}.1"}
    # Only we can seal a cursor: one that was made up is refused, which tests of our own hold.
    if isinstance(case.query, dict) and CURSOR.fullmatch(str(case.query.get("cursor", ""))):
        del case.query["cursor"]
    case.body = as_written(case.body)


def as_written(value):
    """Writes whole numbers without a fraction: to JSON Schema 1.0 is an integer, to most programs it is not."""
    if isinstance(value, dict):
        return {name: as_written(member) for name, member in value.items()}
    if isinstance(value, list):
        return [as_written(member) for member in value]
    return int(value) if isinstance(value, float) and value.is_integer() else value
