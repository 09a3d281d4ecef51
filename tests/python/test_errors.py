"""The tree of exceptions: what catches what, what they carry, and that they travel."""

from __future__ import annotations

import pickle

import pytest
import reelpack
from reelpack import errors

REPORT = reelpack.Report(
    checked=1,
    bytes=2,
    seconds=0.5,
    findings=(reelpack.Finding("a.dpx", "missing", "00"),),
    not_checked=(),
    lists=("checksum.txt",),
)
ERRORS = [
    errors.ReelpackError("a message"),
    errors.ApiConnectionError("a message", "http://127.0.0.1/x"),
    errors.ApiStatusError("a message", "http://127.0.0.1/x", "POST", 409, b"{}"),
    errors.ApiTimeoutError("a message", "http://127.0.0.1/x"),
    errors.UncertainDeliveryError("a message", "http://127.0.0.1/x", 1.5),
    errors.ContractError("a message", "/x/contract.toml", 3),
    errors.LoginError("a message"),
    errors.ManifestError("a message", "/x/checksum.txt", 3),
    errors.MovieError("a message", "/x/a.mov", "moov/trak[1]"),
    errors.PackageError("a message", "/x/a.zip"),
    errors.SourceChangedError("a message", "/x/a.dpx"),
    errors.StateError("a message", "/x/state.db"),
    errors.VerificationError("a message", REPORT),
]


@pytest.mark.parametrize("error", ERRORS, ids=lambda error: type(error).__name__)
def test_an_error_survives_pickling_with_all_it_carries(error: errors.ReelpackError) -> None:
    copy = pickle.loads(pickle.dumps(error))  # noqa: S301  (made on the same line)

    assert type(copy) is type(error)
    assert copy.args == error.args
    assert vars(copy) == vars(error)


@pytest.mark.parametrize("error", ERRORS, ids=lambda error: type(error).__name__)
def test_an_error_reads_as_its_message_alone(error: errors.ReelpackError) -> None:
    assert str(error) == "a message"


def test_one_except_takes_them_all() -> None:
    assert all(isinstance(error, reelpack.ReelpackError) for error in ERRORS)


def test_a_list_that_is_none_is_a_value_error_too() -> None:
    assert isinstance(errors.ManifestError("a message"), ValueError)


def test_no_answer_in_time_is_a_time_out_too_and_no_number_of_the_system() -> None:
    error = errors.ApiTimeoutError("a message", "http://127.0.0.1/x")

    assert isinstance(error, TimeoutError)
    assert error.errno is None


def test_all_errors_are_public() -> None:
    assert set(errors.__all__) <= set(reelpack.__all__)


def test_all_names_that_are_promised_are_there() -> None:
    assert all(hasattr(reelpack, name) for name in reelpack.__all__)
