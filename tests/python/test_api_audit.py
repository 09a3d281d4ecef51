"""`audit`, its tables and its comparisons as a Python program calls them."""

from __future__ import annotations

import hashlib
import itertools
import json
import os
import time
from typing import TYPE_CHECKING

import pytest
import reelpack
from material.pretended import FILES, Pretended, table
from reelpack.throughput import MOST_SAMPLES, Throughput

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from reelpack import Algorithm, Audit


def md5(content: bytes) -> str:
    return hashlib.md5(content, usedforsecurity=False).hexdigest()


@pytest.fixture
def delivery(tmp_path: Path) -> Path:
    """Three frames with a gap, their list, and what a desktop leaves behind.

    No pictures: what is wrong with a header is not the subject here.
    """
    folder = tmp_path / "delivery"
    (folder / "nam").mkdir(parents=True)
    lines = []
    for number in (1, 2, 4):
        content = b"frame %d" % number
        (folder / "nam" / f"nam.{number:07}.ari").write_bytes(content)
        lines.append(f"nam.{number:07}.ari\t7\tmd5\t{md5(content)}\n")
    (folder / "nam" / "checksum.txt").write_text("".join(lines))
    (folder / ".DS_Store").touch()
    return folder


def names_below(folder: Path) -> set[str]:
    """Every name in a folder, hidden ones too."""
    return {os.fspath(path.relative_to(folder)) for path in folder.rglob("*")}


def test_one_read_tells_all_of_it(delivery: Path) -> None:
    before = names_below(delivery)

    judged = reelpack.audit(delivery)

    paths = [f"nam/nam.000000{number}.ari" for number in (1, 2, 4)]
    digests = [md5((delivery / path).read_bytes()) for path in paths]
    assert judged.files.column("path") == paths
    assert judged.files.column("md5") == digests
    assert judged.files.column("size") == [7, 7, 7]
    assert judged.files.column("frame") == [1, 2, 4]
    assert judged.files.column("modified") == [
        (delivery / path).stat().st_mtime_ns for path in paths
    ]
    assert judged.lists == ("nam/checksum.txt",)
    assert (judged.files_read, judged.bytes_read, judged.size) == (3, 21, 21)
    assert (judged.path, judged.profile) == (os.fspath(delivery), "general")
    assert names_below(delivery) == before


def test_a_gap_is_in_the_sequences_the_map_and_the_findings(delivery: Path) -> None:
    judged = reelpack.audit(delivery)

    (sequence,) = judged.sequences.to_dicts()
    assert (sequence["folder"], sequence["first"], sequence["last"]) == ("nam", 1, 4)
    assert (sequence["count"], sequence["missing"]) == (3, 1)
    ((*runs,),) = judged.frame_maps
    assert [tuple(run[1:]) for run in runs if run.state == "missing"] == [(3, 3)]
    assert sum(run.last - run.first + 1 for run in runs) == 4
    assert not judged.ok
    assert [problem.sequence for problem in judged.failures] == [0]


def test_findings_are_those_of_preflight_and_more(delivery: Path) -> None:
    (delivery / "nam" / "nam.0000002.ari").write_bytes(b"changed")

    before = reelpack.preflight(delivery)
    judged = reelpack.audit(delivery)

    assert set(before.findings) < set(judged.problems)
    more = set(judged.problems) - set(before.findings)
    assert ("error", "nam/nam.0000002.ari") in {(each.severity, each.path) for each in more}
    assert judged.files.column("status") == ["present", "changed", "present"]


def test_what_was_told_of_the_sequences_counts(delivery: Path) -> None:
    judged = reelpack.audit(delivery, first=1, frames=6, fps=24.0)

    (sequence,) = judged.sequences.to_dicts()
    assert (sequence["missing"], sequence["missing_ranges"]) == (3, "3,5-6")
    assert sequence["first_time_code"] == "00:00:00:01"
    assert reelpack.audit(delivery, islands=True).ok


@pytest.mark.parametrize("algorithm", ["md5", "sha1", "sha256"])
def test_digests_agree_with_hashlib(delivery: Path, algorithm: Algorithm) -> None:
    judged = reelpack.audit(delivery, algorithms=[algorithm])

    assert judged.algorithms == (algorithm,)
    for path, digest in zip(
        judged.files.column("path"), judged.files.column(algorithm), strict=True
    ):
        assert digest == hashlib.new(algorithm, (delivery / str(path)).read_bytes()).hexdigest()


def test_several_digests_come_from_one_read(delivery: Path) -> None:
    judged = reelpack.audit(delivery, algorithms=("xxh128", "md5", "c4"))

    assert judged.algorithms == ("xxh128", "md5", "c4")
    assert judged.bytes_read == 21


@pytest.mark.slow
def test_what_is_remembered_is_not_read_again(delivery: Path, tmp_path: Path) -> None:
    state = tmp_path / "state.db"
    time.sleep(3.1)  # what changed less than three seconds ago is not remembered
    first = reelpack.audit(delivery, state=state)

    again = reelpack.audit(delivery, state=state, cached=True)

    assert (again.files_read, again.files_trusted, again.bytes_trusted) == (0, 3, 21)
    assert again.files.column("md5") == first.files.column("md5")
    assert again.files.column("trusted") == [True] * 3
    assert again.size == first.size


@pytest.mark.parametrize(
    ("call", "word"),
    [
        (lambda path: reelpack.audit(path, jobs=0), "jobs"),
        (lambda path: reelpack.audit(path, readers=0), "readers"),
        (lambda path: reelpack.audit(path, algorithms=["md4"]), "md4"),  # type: ignore[list-item]  # what must be refused
        (lambda path: reelpack.audit(path, first="early", frames=3), "early"),
    ],
    ids=["jobs", "readers", "algorithm", "first"],
)
def test_what_cannot_be_understood_is_a_value_error(
    delivery: Path, call: Callable[[Path], object], word: str
) -> None:
    with pytest.raises(ValueError, match=word):
        call(delivery)


def test_what_is_not_there_is_an_os_error_with_its_name(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError) as caught:
        reelpack.audit(tmp_path / "gone")

    assert caught.value.filename == os.fspath(tmp_path / "gone")


def test_a_profile_that_nobody_knows_is_an_error(delivery: Path) -> None:
    with pytest.raises(reelpack.ProfileError):
        reelpack.audit(delivery, profile="nothing")


def test_errors_raise_on_request() -> None:
    pretended = Pretended()
    pretended.file("a.dpx", status="changed")
    pretended.finding("list.changed", "a.dpx", "not as its list says")
    judged = pretended.audit()

    with pytest.raises(reelpack.VerificationError) as caught:
        judged.raise_for_failures()

    assert str(caught.value).startswith("a.dpx: not as its list says (1 error found by profile ")
    assert caught.value.report is judged
    assert judged.problems is judged.problems


def test_an_audit_of_many_files_prints_in_one_line() -> None:
    pretended = Pretended()
    for number in range(1000):
        pretended.file(f"a.{number}.dpx")

    text = repr(pretended.audit())

    assert len(text) < 200
    assert "files=1000" in text


def test_the_json_of_an_audit_has_what_a_program_needs() -> None:
    pretended = Pretended()
    pretended.sequence([("present", 1, 2), ("missing", 3, 3), ("present", 4, 4)], folder="nam")
    pretended.finding("list.changed", "nam/nam.0000001.dpx", "not as its list says", sequence=0)
    judged = pretended.audit()

    about = json.loads(json.dumps(judged.to_dict(entries=True)))

    assert about["sequences"][0]["frame_map"] == [
        ["present", 1, 2],
        ["missing", 3, 3],
        ["present", 4, 4],
    ]
    assert about["findings"] == [problem.to_dict() for problem in judged.problems]
    assert about["entries"] == judged.files.to_dicts()
    assert "entries" not in judged.to_dict()
    assert (about["files"], about["size"], about["algorithms"]) == (3, 3 * 12_746_752, ["md5"])
    assert (about["ok"], about["verdict"]) == (False, judged.verdict)
    assert about["not_checked"] == [{"path": ".DS_Store", "reason": "hidden file"}]
    assert (about["lists"], about["state_error"]) == (["checksum.txt"], None)


def files_of(files: dict[str, str | None], algorithm: str = "md5") -> Audit:
    """An audit of files with these digests."""
    rows: list[dict[str, object]] = [
        {"path": path, algorithm: digest} for path, digest in files.items()
    ]
    columns = [name for name in FILES if name != "md5"]
    return Pretended().audit(files=table([*columns, algorithm], rows))


def test_two_deliveries_are_compared_by_digest_and_name() -> None:
    before = files_of({"a": "1", "b": "2", "c": "3", "d": "4", "e": "9", "f": "9", "x": None})
    after = files_of({"a": "1", "b": "0", "c2": "3", "n": "5", "e2": "9", "f2": "9", "x": None})

    compared = before.compare(after)

    assert compared.added == ("n",)
    assert compared.gone == ("d",)
    # Nobody knows whether a file without a digest is what it was.
    assert compared.changed == ("b", "x")
    assert compared.renamed == (("c", "c2"), ("e", "e2"), ("f", "f2"))
    assert (compared.unchanged, compared.algorithm, compared.same) == (1, "md5", False)


def test_a_file_without_a_digest_is_never_a_rename() -> None:
    compared = files_of({"a": None}).compare(files_of({"b": None}))

    assert (compared.gone, compared.added, compared.renamed) == (("a",), ("b",), ())


def test_a_delivery_is_the_same_as_itself(delivery: Path) -> None:
    judged = reelpack.audit(delivery)

    assert judged.compare(judged).same
    assert judged.compare(judged).unchanged == 3


def test_a_file_that_is_missing_is_not_in_the_delivery() -> None:
    pretended = Pretended()
    pretended.file("a.dpx", status="missing", md5=None)

    assert pretended.audit().compare(files_of({"a.dpx": "1"})).added == ("a.dpx",)


def test_audits_without_a_common_digest_cannot_be_compared() -> None:
    with pytest.raises(ValueError, match="md5 here and xxh128 there"):
        files_of({"a": "1"}).compare(files_of({"a": "1"}, "xxh128"))


def test_the_json_of_a_comparison_has_what_a_program_needs() -> None:
    compared = files_of({"\udce9": "1", "b": "2"}).compare(files_of({"c": "1", "d": "3"}))

    assert json.loads(json.dumps(compared.to_dict())) == {
        "same": False,
        "added": [{"path": "d"}],
        "gone": [{"path": "b"}],
        "changed": [],
        "renamed": [["\ufffd", "c"]],
        "unchanged": 0,
        "algorithm": "md5",
    }


def test_tables_are_handed_over_as_arrow_capsules(delivery: Path) -> None:
    judged = reelpack.audit(delivery)

    for rows in (judged.files, judged.sequences, judged.findings):
        assert "arrow_array_stream" in repr(rows.__arrow_c_stream__())
        assert "arrow_schema" in repr(rows.__arrow_c_schema__())


def test_reports_are_written_beside_the_delivery(delivery: Path, tmp_path: Path) -> None:
    judged = reelpack.audit(delivery)
    (tmp_path / "files.csv").write_text("older")

    assert judged.write_csv(tmp_path / "files.csv") == os.fspath(tmp_path / "files.csv")
    assert judged.write_html(tmp_path / "report.html") == os.fspath(tmp_path / "report.html")

    assert (tmp_path / "files.csv").read_text() == judged.files.to_csv().replace("\r\n", "\n")
    assert (tmp_path / "report.html").read_text(encoding="utf-8") == judged.to_html()


@pytest.mark.parametrize("target", ["report.html", "nam/report.html", "nam/../x"])
def test_no_report_is_written_into_the_delivery(delivery: Path, target: str) -> None:
    before = names_below(delivery)
    judged = reelpack.audit(delivery)
    (delivery.parent / "link").symlink_to(delivery)

    for place in (delivery, delivery.parent / "link"):
        with pytest.raises(ValueError, match="beside the delivery, never into it"):
            judged.write_html(place / target)
        with pytest.raises(ValueError, match="beside the delivery, never into it"):
            judged.write_csv(place / target)

    assert names_below(delivery) == before


def test_a_link_in_the_delivery_is_not_replaced(delivery: Path, tmp_path: Path) -> None:
    (delivery / "report.html").symlink_to(tmp_path / "report.html")

    with pytest.raises(ValueError, match="beside the delivery, never into it"):
        reelpack.audit(delivery).write_html(delivery / "report.html")


def test_a_report_needs_a_folder_and_a_name(delivery: Path, tmp_path: Path) -> None:
    judged = reelpack.audit(delivery)

    with pytest.raises(FileNotFoundError) as gone:
        judged.write_html(tmp_path / "gone" / "report.html")
    with pytest.raises(IsADirectoryError) as folder:
        judged.write_csv(tmp_path)

    assert gone.value.filename == os.fspath(tmp_path / "gone")
    assert folder.value.filename == os.fspath(tmp_path)


def test_a_notebook_shows_a_summary_without_scripts(delivery: Path) -> None:
    summary = reelpack.audit(delivery)._repr_html_()

    assert "found by profile general" in summary
    assert "<script" not in summary


def test_progress_is_heard_and_noted(delivery: Path) -> None:
    heard: list[reelpack.Progress] = []

    judged = reelpack.audit(delivery, progress=heard.append)

    # A short job may end before the first one.
    assert [done for _, done in judged.throughput] == [each.bytes_done for each in heard]
    assert all(0 <= seconds <= judged.seconds for seconds, _ in judged.throughput)


def test_samples_of_a_long_job_are_thinned_out() -> None:
    ticks = iter(range(100 * MOST_SAMPLES))
    heard: list[reelpack.Progress] = []
    noted = Throughput(heard.append, clock=lambda: float(next(ticks)))

    for number in range(1, 50 * MOST_SAMPLES):
        noted(reelpack.Progress(number * 10, 0, 0, 0))

    samples = noted.samples
    assert MOST_SAMPLES / 2 <= len(samples) <= MOST_SAMPLES
    assert all(done == seconds * 10 for seconds, done in samples)
    assert samples[-1][0] > 49 * MOST_SAMPLES
    steps = [after[0] - before[0] for before, after in itertools.pairwise(samples)]
    assert max(steps) <= 4 * min(steps)
    assert len(heard) == 50 * MOST_SAMPLES - 1


def test_samples_are_taken_where_nobody_listens() -> None:
    noted = Throughput(None, clock=lambda: 0.0)

    noted(reelpack.Progress(5, 9, 0, 1))

    assert noted.samples == ((0.0, 5),)
