"""schemathesis against a sandbox, from the contract of the client, with every check."""

from __future__ import annotations

import subprocess
import sys
from importlib.resources import files
from typing import TYPE_CHECKING

import pytest
from material.partner import Partner
from reelpack import sandbox

if TYPE_CHECKING:
    from pathlib import Path

CONFIG = """
# A page token is good only if the server gave it, which no schema can say: others are answered with
# 400. The test sees to it that nothing else is.
[checks.positive_data_acceptance]
expected-statuses = ["2xx", "3xx", "400", "401", "403", "404", "409", "429", "5xx"]
"""


@pytest.mark.slow
@pytest.mark.timeout(900)
def test_the_sandbox_keeps_the_contract_whatever_it_is_asked(tmp_path: Path) -> None:
    contract = files("reelpack.backlot").joinpath("openapi.yaml")
    config = tmp_path / "schemathesis.toml"
    config.write_text(CONFIG)
    with sandbox.running(demo=True) as box:
        partner = Partner(box).log_in()
        command = [sys.executable, "-m", "schemathesis.cli", f"--config-file={config}", "run"]
        options = [
            f"--url={box.url}",
            f"--header=Authorization: Bearer {partner.access}",
            "--checks=all",
            "--mode=all",
            "--max-examples=5",
            "--workers=1",
            "--seed=5",
            "--no-color",
        ]
        run = subprocess.run(
            [*command, str(contract), *options],
            cwd=tmp_path,
            capture_output=True,
            text=True,
            check=False,
        )
        calls = box.calls

    assert run.returncode == 0, run.stdout
    assert "Tested: 14" in run.stdout
    assert {call.operation for call in calls} > {"startDelivery", "startImfDelivery", "takeToken"}
    assert not [call for call in calls if (call.status or 500) >= 500]
    unexplained = [call for call in calls if call.status == 400 and not has_page_token(call)]
    assert not [call for call in unexplained if is_json(call)]


def has_page_token(call: sandbox.Call) -> bool:
    """Tell whether a call came with a page token."""
    return "pageToken" in dict(call.query) or '"pageToken"' in call.body


def is_json(call: sandbox.Call) -> bool:
    """Tell whether what was sent as JSON can be read at all."""
    return call.headers.get("content-type") == "application/json" and call.body.startswith("{")
