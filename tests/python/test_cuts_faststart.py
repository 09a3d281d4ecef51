"""`reelpack.cuts.faststart`, held against qt-faststart, and against what ffmpeg plays."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
import reelpack
from material import movies as material
from material.mounts import mounted
from material.movies import CASES, frame_hashes, media_info
from reelpack import MovieError, cuts

if TYPE_CHECKING:
    from collections.abc import Callable

    from material.mounts import Kind

NOT_FIRST = sorted(set(CASES) - {"first.mp4", "fragments.mp4", "good.mov"})
"""The files that can be rewritten."""


@pytest.fixture(scope="session")
def made(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], Path]:
    """Files by their names, each made when it is first asked for. No test may write to one."""
    return material.maker(tmp_path_factory.mktemp("movies"))


@pytest.fixture
def copied(made: Callable[[str], Path], tmp_path: Path) -> Callable[[str], Path]:
    """Copies of these, for tests that write."""

    def copy(name: str) -> Path:
        path = tmp_path / name
        path.write_bytes(made(name).read_bytes())
        return path

    return copy


@pytest.mark.parametrize("name", NOT_FIRST)
def test_a_rewritten_movie_plays_the_same(
    made: Callable[[str], Path], name: str, tmp_path: Path
) -> None:
    source, target = made(name), tmp_path / name
    before = source.read_bytes()

    done = cuts.faststart(source, target, clone="never")

    assert (done.already, done.size) == (False, target.stat().st_size)
    assert (done.bytes_copied, done.bytes_cloned) == (done.size, 0)
    assert frame_hashes(target) == frame_hashes(source)
    assert media_info(target)["General"][0]["IsStreamable"] == "Yes"
    assert all(each.rule != "cut.fast-start" for each in cuts.check(target).findings)
    assert source.read_bytes() == before


@pytest.mark.parametrize("name", NOT_FIRST)
def test_without_room_for_blocks_it_is_what_qt_faststart_writes(
    made: Callable[[str], Path], name: str, tmp_path: Path
) -> None:
    theirs = material.qt_faststart(made(name), tmp_path / f"theirs_{name}")

    cuts.faststart(made(name), tmp_path / name, clone="never")

    assert (tmp_path / name).read_bytes() == theirs.read_bytes()


def test_room_for_blocks_is_a_box_that_nobody_reads(
    made: Callable[[str], Path], tmp_path: Path
) -> None:
    source, target = made("sound.mov"), tmp_path / "out.mov"

    cuts.faststart(source, target)

    old, new = (list(material.boxes(path.read_bytes())) for path in (source, target))
    assert sorted({kind for kind, _ in new} - {kind for kind, _ in old} - {"free"}) == []
    assert dict(old)["mdat"] == dict(new)["mdat"]
    assert 0 <= len(target.read_bytes()) - len(source.read_bytes()) < 4104
    assert frame_hashes(target) == frame_hashes(source)


def test_a_movie_is_replaced_only_if_that_is_asked_for(copied: Callable[[str], Path]) -> None:
    path = copied("plain.mp4")
    before, hashes = path.read_bytes(), frame_hashes(path)

    with pytest.raises(FileExistsError) as raised:
        cuts.faststart(path)

    assert raised.value.filename == str(path)
    assert path.read_bytes() == before
    done = cuts.faststart(path, replace=True)
    assert (done.source, done.target) == (str(path), str(path))
    assert frame_hashes(path) == hashes
    assert cuts.faststart(path).already
    assert [each.name for each in path.parent.iterdir()] == ["plain.mp4"]


def test_a_target_that_is_there_is_left_alone(copied: Callable[[str], Path]) -> None:
    source, target = copied("plain.mp4"), copied("good.mov")
    before = target.read_bytes()

    with pytest.raises(FileExistsError) as raised:
        cuts.faststart(source, target)

    assert raised.value.filename == str(target)
    assert target.read_bytes() == before
    cuts.faststart(source, target, replace=True)
    assert frame_hashes(target) == frame_hashes(source)


@pytest.mark.parametrize("other", ["./plain.mp4", "link.mp4", "hard.mp4"])
def test_the_same_file_under_another_name_is_not_lost(
    copied: Callable[[str], Path], monkeypatch: pytest.MonkeyPatch, other: str
) -> None:
    path = copied("plain.mp4")
    monkeypatch.chdir(path.parent)
    Path("link.mp4").symlink_to("plain.mp4")
    os.link("plain.mp4", "hard.mp4")
    hashes = frame_hashes(path)

    with pytest.raises(FileExistsError):
        cuts.faststart("plain.mp4", other)
    cuts.faststart("plain.mp4", other, replace=True)

    assert frame_hashes(Path(other)) == frame_hashes(path) == hashes


def test_a_header_that_is_first_is_left_where_it_is(
    made: Callable[[str], Path], tmp_path: Path
) -> None:
    done = cuts.faststart(made("first.mp4"), tmp_path / "out.mp4")

    assert (done.already, done.bytes_copied, done.bytes_cloned) == (True, 0, 0)
    assert done.size == made("first.mp4").stat().st_size
    assert list(tmp_path.iterdir()) == []


def test_a_name_that_is_not_utf_8_is_kept(copied: Callable[[str], Path]) -> None:
    path = copied("plain.mp4")
    name = os.fsdecode(os.fsencode(path.parent) + b"/\xff.mp4")
    path.rename(name)

    done = cuts.faststart(name, replace=True)

    assert (done.source, done.target, done.already) == (name, name, False)
    assert str(done.to_dict()["target"]).endswith("/\ufffd.mp4")


def test_fragments_are_refused_with_words_and_a_place(
    made: Callable[[str], Path], tmp_path: Path
) -> None:
    with pytest.raises(MovieError, match="fragmented; hint: ") as raised:
        cuts.faststart(made("fragments.mp4"), tmp_path / "out.mp4")

    assert raised.value.path == str(made("fragments.mp4"))
    assert raised.value.place
    assert list(tmp_path.iterdir()) == []


def test_what_is_no_movie_is_refused(tmp_path: Path) -> None:
    (tmp_path / "notes.txt").write_text("no movie at all\n" * 9)

    with pytest.raises(MovieError, match="no box of a movie; hint: ") as raised:
        cuts.faststart(tmp_path / "notes.txt", replace=True)

    assert (raised.value.path, raised.value.place) == (str(tmp_path / "notes.txt"), "")


def test_a_system_that_refuses_is_the_systems_error(
    made: Callable[[str], Path], tmp_path: Path
) -> None:
    with pytest.raises(FileNotFoundError):
        cuts.faststart(tmp_path / "gone.mov", tmp_path / "out.mov")
    with pytest.raises(FileNotFoundError):
        cuts.faststart(made("plain.mp4"), tmp_path / "gone" / "out.mov")
    with pytest.raises(ValueError, match="perhaps"):
        cuts.faststart(made("plain.mp4"), tmp_path / "x.mp4", clone="perhaps")  # type: ignore[arg-type]


def test_what_a_callback_raises_stops_the_work_and_nothing_is_left(
    made: Callable[[str], Path], tmp_path: Path
) -> None:
    path = material.with_hole(made("sound.mov"), tmp_path / "large.mov", 4_000_000_000)
    heard = []

    def stop(progress: reelpack.Progress) -> None:
        heard.append(progress)
        raise KeyError(progress.bytes_total)

    with pytest.raises(KeyError):
        cuts.faststart(path, tmp_path / "out.mov", clone="never", progress=stop)

    assert heard[0].bytes_total > 4_000_000_000
    assert [each.name for each in tmp_path.iterdir()] == ["large.mov"]


@pytest.mark.slow
@pytest.mark.parametrize("kind", ["xfs", "btrfs"])
def test_blocks_are_shared_where_the_disk_can(made: Callable[[str], Path], kind: Kind) -> None:
    with mounted(kind) as folder:
        source = folder / "six_channels.mov"
        source.write_bytes(made("six_channels.mov").read_bytes())

        done = cuts.faststart(source, folder / "out.mov", clone="always")

        assert done.bytes_cloned > 0.9 * done.size
        assert done.bytes_copied + done.bytes_cloned == done.size
        assert frame_hashes(folder / "out.mov") == frame_hashes(source)


@pytest.mark.slow
def test_where_the_disk_cannot_it_is_copied_or_refused(made: Callable[[str], Path]) -> None:
    with mounted("tmpfs") as folder:
        source = folder / "sound.mov"
        source.write_bytes(made("sound.mov").read_bytes())

        with pytest.raises(reelpack.PackageError):
            cuts.faststart(source, folder / "out.mov", clone="always")
        assert not (folder / "out.mov").exists()
        done = cuts.faststart(source, folder / "out.mov")

        assert (done.bytes_copied, done.bytes_cloned) == (done.size, 0)
        assert frame_hashes(folder / "out.mov") == frame_hashes(source)
