"""Results are plain data: they pickle, compare, print in one line and turn into JSON."""

from __future__ import annotations

import dataclasses
import json
import pickle

import pytest
import reelpack
from reelpack import (
    Change,
    Copy,
    Entry,
    Finding,
    LeftOut,
    Manifest,
    Manifests,
    Member,
    NotChecked,
    Package,
    Report,
    State,
    Unfinished,
)

DIGEST = "900150983cd24fb0d6963f7d28e17f72"
LATIN = "latin_\udce9.dpx"
"""A name whose bytes are not UTF-8, as `os.fsdecode` gives it."""

MANIFEST = Manifest("/x/checksum.txt", f"a.dpx\t3\tmd5\t{DIGEST}\n", 1, 3)
MANIFESTS = Manifests((MANIFEST,), (LeftOut(LATIN, "hidden file"),), 3, 0.25)
PACKAGE = Package(
    path="/x.zip",
    size=300,
    members=2,
    manifest=MANIFEST,
    left_out=(LeftOut(".x", "hidden file"),),
    clamped=(LATIN,),
    bytes_read=3,
    seconds=0.5,
    codes=b"\x01",
    files_read=1,
)
REPORT = Report(
    checked=2,
    bytes=6,
    seconds=0.5,
    findings=(
        Finding("a.dpx", "mismatch", DIGEST, "0" * 32),
        Finding(LATIN, "extra", path_bytes="6c6174696e5fe92e647078"),
    ),
    not_checked=(NotChecked(".DS_Store", "hidden file"),),
    lists=("checksum.txt",),
)
COPY = Copy(
    path="/y",
    lists=(MANIFEST,),
    names=("a.dpx", f"{LATIN}/b.dpx", "c.dpx"),
    left_out=(),
    verified=True,
    bytes_read=3,
    seconds=0.5,
    codes=b"\x01\x00\x02",
    files_read=2,
    files_trusted=1,
    bytes_trusted=4,
    state_error="/x/state.db: no space left",
)
STATE = State(
    path="/x/state.db",
    size=8192,
    files=3,
    folders=2,
    unfinished=(
        Unfinished("zip", "/x", "/x.zip", f"/{LATIN}.part", 6, 1.5, 2),
        Unfinished("verify", "/y", None, None, 0, 2.5, 1),
    ),
)
RESULTS = [
    MANIFEST,
    MANIFESTS,
    PACKAGE,
    REPORT,
    COPY,
    STATE,
    Change("a.dpx", "new"),
    Member("a.dpx", 0, 35, 3),
    reelpack.Progress(1, 2, 0, 1),
]


def name_of(result: object) -> str:
    return type(result).__name__


@pytest.mark.parametrize("result", RESULTS, ids=name_of)
def test_a_result_survives_pickling(result: object) -> None:
    assert pickle.loads(pickle.dumps(result)) == result  # noqa: S301  (made on the same line)


@pytest.mark.parametrize("result", RESULTS, ids=name_of)
def test_a_result_cannot_be_changed(result: object) -> None:
    assert dataclasses.is_dataclass(result)
    name = dataclasses.fields(result)[0].name

    with pytest.raises(dataclasses.FrozenInstanceError):
        setattr(result, name, None)


def test_results_of_a_hundred_thousand_files_print_in_one_line() -> None:
    findings = tuple(Finding(f"a.{number}.dpx", "missing") for number in range(100_000))
    text = MANIFEST.text * 100_000
    left_out = tuple(LeftOut(f".{number}", "hidden file") for number in range(100_000))
    manifest = Manifest("/x/checksum.txt", text, 100_000, 300_000)
    results = [
        manifest,
        Manifests((manifest,) * 100_000, left_out, 1, 1.0),
        dataclasses.replace(PACKAGE, manifest=manifest, left_out=left_out),
        dataclasses.replace(REPORT, findings=findings),
        dataclasses.replace(COPY, lists=(manifest,) * 1000, left_out=left_out),
    ]

    for result in results:
        assert len(repr(result)) < 200
        assert "\n" not in repr(result)


def test_the_lists_of_a_source_are_a_sequence() -> None:
    second = dataclasses.replace(MANIFEST, path="/y/checksum.txt", count=2, size=5)
    lists = Manifests((MANIFEST, second), (), 8, 1.0)

    assert len(lists) == 2
    assert lists[0] is MANIFEST
    assert lists[1:] == (second,)
    assert list(lists) == [MANIFEST, second]
    assert (lists.files, lists.size) == (3, 8)


def test_the_entries_of_a_list_are_its_lines() -> None:
    assert MANIFEST.entries == (Entry("a.dpx", 3, "md5", DIGEST),)
    assert MANIFEST.entries is MANIFEST.entries


def test_a_report_without_findings_is_ok_and_raises_nothing() -> None:
    report = dataclasses.replace(REPORT, findings=())

    report.raise_for_failures()

    assert report.ok
    assert report.failures == ()


def test_a_report_with_findings_raises_on_request() -> None:
    with pytest.raises(reelpack.VerificationError) as caught:
        REPORT.raise_for_failures()

    assert str(caught.value) == "a.dpx: mismatch (2 findings in all, 2 files checked)"
    assert caught.value.report is REPORT
    assert REPORT.failures == REPORT.findings
    assert not REPORT.ok


def test_the_json_of_a_report_has_what_a_program_needs() -> None:
    assert json.loads(json.dumps(REPORT.to_dict())) == {
        "ok": False,
        "checked": 2,
        "bytes": 6,
        "seconds": 0.5,
        "findings": [
            {"path": "a.dpx", "status": "mismatch", "expected": DIGEST, "found": "0" * 32},
            {
                "path": "latin_\ufffd.dpx",
                "path_bytes": "6c6174696e5fe92e647078",
                "status": "extra",
                "expected": None,
                "found": None,
            },
        ],
        "not_checked": [{"path": ".DS_Store", "reason": "hidden file"}],
        "lists": ["checksum.txt"],
        "algorithms": ["md5"],
        "files_read": 0,
        "files_trusted": 0,
        "bytes_trusted": 0,
        "state_error": None,
    }


def test_the_json_of_lists_names_what_was_left_out() -> None:
    about = MANIFESTS.to_dict()

    assert about["left_out"] == [
        {
            "path": "latin_\ufffd.dpx",
            "path_bytes": "6c6174696e5fe92e647078",
            "reason": "hidden file",
        }
    ]
    assert about["lists"] == [
        {"path": "/x/checksum.txt", "format": "checksum-txt", "count": 1, "size": 3}
    ]
    assert (about["files"], about["size"], about["bytes_read"], about["seconds"]) == (1, 3, 3, 0.25)


def test_the_json_of_lists_names_what_changed_and_what_was_trusted() -> None:
    lists = dataclasses.replace(
        MANIFESTS, changes=(Change("a.dpx", "new"),), files_trusted=2, bytes_trusted=6
    )

    about = lists.to_dict()

    assert about["changes"] == [{"path": "a.dpx", "kind": "new"}]
    assert (about["files_trusted"], about["bytes_trusted"], about["state_error"]) == (2, 6, None)


def test_the_json_of_lists_holds_their_lines_on_request() -> None:
    (about,) = json.loads(json.dumps(MANIFESTS.to_dict(entries=True)))["lists"]

    assert about["entries"] == [
        {"name": "a.dpx", "size": 3, "algorithm": "md5", "hexdigest": DIGEST}
    ]


def test_each_member_says_how_it_came_there() -> None:
    text = "".join(f"{name}.dpx\t3\tmd5\t{DIGEST}\n" for name in "abcd")
    manifest = dataclasses.replace(MANIFEST, text=text, count=4)
    package = dataclasses.replace(PACKAGE, manifest=manifest, codes=b"\x00\x01\x02\x01")

    ways = {"a.dpx": "copied", "b.dpx": "cloned", "c.dpx": "kept", "d.dpx": "cloned"}

    assert package.ways == ways
    assert package.ways is package.ways
    assert (package.copied, package.cloned, package.kept) == (1, 2, 1)


def test_the_json_of_a_copy_has_what_a_program_needs() -> None:
    assert json.loads(json.dumps(COPY.to_dict())) == {
        "path": "/y",
        "lists": [{"path": "/x/checksum.txt", "format": "checksum-txt", "count": 1, "size": 3}],
        "files": 3,
        "size": 3,
        "left_out": [],
        "verified": True,
        "bytes_read": 3,
        "seconds": 0.5,
        "copied": ["latin_\ufffd.dpx/b.dpx"],
        "cloned": ["a.dpx"],
        "kept": ["c.dpx"],
        "files_read": 2,
        "files_trusted": 1,
        "bytes_trusted": 4,
        "state_error": "/x/state.db: no space left",
    }


def test_the_json_of_a_state_has_what_a_program_needs() -> None:
    assert json.loads(json.dumps(STATE.to_dict())) == {
        "path": "/x/state.db",
        "size": 8192,
        "files": 3,
        "folders": 2,
        "unfinished": [
            {
                "job": "zip",
                "source": "/x",
                "target": "/x.zip",
                "part": "/latin_\ufffd.dpx.part",
                "part_size": 6,
                "began": 1.5,
                "files": 2,
            },
            {
                "job": "verify",
                "source": "/y",
                "target": None,
                "part": None,
                "part_size": 0,
                "began": 2.5,
                "files": 1,
            },
        ],
        "error": None,
    }


def test_the_json_of_a_package_has_what_a_program_needs() -> None:
    assert PACKAGE.to_dict() == {
        "path": "/x.zip",
        "size": 300,
        "members": 2,
        "left_out": [{"path": ".x", "reason": "hidden file"}],
        "clamped": [{"path": "latin_\ufffd.dpx", "path_bytes": "6c6174696e5fe92e647078"}],
        "bytes_read": 3,
        "seconds": 0.5,
        "copied": [],
        "cloned": ["a.dpx"],
        "kept": [],
        "files_read": 1,
        "files_trusted": 0,
        "bytes_trusted": 0,
        "state_error": None,
    }


def test_the_package_names_what_it_has_before_it_is_loaded() -> None:
    assert set(reelpack.__all__) <= set(dir(reelpack))


def test_a_name_that_is_not_there_is_an_attribute_error() -> None:
    with pytest.raises(AttributeError, match="no attribute 'chcksum'"):
        getattr(reelpack, "chcksum")  # noqa: B009  (type checkers know that it is not there)
