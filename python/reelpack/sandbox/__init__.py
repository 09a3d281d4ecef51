"""A local Backlot to rehearse on and to test with, on 127.0.0.1.

It is written to the same contract as the client, but by itself, so that one checks the other. What
it is not: the studio. Its rules are those that are public, and what is assumed says so.

    with reelpack.sandbox.running(demo=True) as box:
        with Backlot(**box.credentials()) as backlot:
            ...

Needs the extra ``reelpack[sandbox]``.
"""

from __future__ import annotations

try:
    from reelpack.sandbox.arrivals import Arrived
    from reelpack.sandbox.box import Credentials, Sandbox, running
    from reelpack.sandbox.calls import Call
    from reelpack.sandbox.faults import Fault
    from reelpack.sandbox.rules import RULES, Rule
    from reelpack.sandbox.sending import Sent, send
except ModuleNotFoundError as error:
    missing = str(error.name).partition(".")[0]
    raise ModuleNotFoundError(
        f"the sandbox needs {missing}; hint: `pip install 'reelpack[sandbox]'`", name=error.name
    ) from error

__all__ = [
    "RULES",
    "Arrived",
    "Call",
    "Credentials",
    "Fault",
    "Rule",
    "Sandbox",
    "Sent",
    "running",
    "send",
]
