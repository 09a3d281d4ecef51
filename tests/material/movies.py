"""Small MP4 and MOV files made by ffmpeg, and what other programs say of them."""

from __future__ import annotations

import json
import os
import shlex
import struct
import subprocess
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from material.needs import give_up, need

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

X264 = "-c:v libx264 -preset ultrafast -pix_fmt yuv420p"
NO_B = "-x264opts bframes=0"
AAC = "-c:a aac -ac 2"
COLOUR = "-color_primaries bt709 -color_trc bt709 -colorspace bt709 -movflags +write_colr"
GAPS = "-vf select='not(between(mod(n\\,10)\\,3\\,5))' -vsync vfr"
"""Three of ten frames are left out, so that frames do not last alike."""


def picture(size: str = "320x180", rate: str = "24000/1001", seconds: float = 1) -> str:
    return f"-f lavfi -i testsrc2=s={size}:r={rate}:d={seconds}"


def tone(rate: int = 48000, seconds: float = 1) -> str:
    return f"-f lavfi -i sine=d={seconds}:r={rate}"


CASES = {
    "plain.mp4": f"{picture()} {X264}",
    "sound.mov": f"{picture()} {tone()} {X264} {NO_B} {AAC} -metadata:s:a:0 language=fra",
    "first.mp4": f"{picture()} {tone()} {X264} {AAC} -movflags faststart",
    "rate_25.mp4": f"{picture(rate='25')} {X264} {NO_B} -g 6",
    "rate_15.mov": f"{picture(rate='15')} {X264} {NO_B}",
    "b_frames.mp4": f"{picture()} {X264} -x264opts bframes=3:b-adapt=0:keyint=12",
    "intra.mov": f"{picture()} {X264} -g 1",
    "no_edits.mov": f"{picture()} {X264} {NO_B} -use_editlist 0",
    "odd_size.mp4": f"{picture(size='322x182')} {X264}",
    "variable.mp4": f"{picture(seconds=2)} {GAPS} {X264} {NO_B}",
    "rounded.mp4": f"{picture(seconds=2)} {X264} {NO_B} -video_track_timescale 90000",
    "fragments.mp4": (
        f"{picture()} {tone()} {X264} -g 12 {AAC} -movflags frag_keyframe+empty_moov"
    ),
    "timecode.mov": f"{picture(rate='30000/1001')} {X264} -timecode 01:02:03;04",
    "two_sounds.mov": (
        f"{picture()} {tone()} {tone(44100)} -map 0 -map 1 -map 2 {X264} {NO_B} {AAC}"
    ),
    "six_channels.mov": f"{picture()} {tone()} {X264} -c:a pcm_s24le -ac 6",
    "colour.mp4": f"{picture()} {X264} {COLOUR}",
    "colour.mov": f"{picture()} {X264} {COLOUR}",
    "aspect.mp4": f"{picture(size='720x576', rate='25')} {X264} -vf setsar=64/45",
    "prores.mov": f"{picture(size='640x480')} {tone()} -c:v prores_ks -profile:v 3 -c:a pcm_s16le",
    "mpeg4.mp4": f"{picture(size='640x480')} -c:v mpeg4",
    "hevc.mp4": f"{picture()} -c:v libx265 -preset ultrafast -x265-params log-level=0",
    "good.mov": (
        f"{picture('1280x720')} {tone()} {X264} {NO_B} -g 1 {AAC} {COLOUR}+faststart "
        "-use_editlist 0 -avoid_negative_ts disabled"
    ),
    "only_sound.m4a": f"{tone()} {AAC}",
}
"""What ffmpeg is told for each file."""


def make(path: Path, arguments: str | None = None) -> Path:
    """Let ffmpeg make a file: that of this name, or another one."""
    words = shlex.split(CASES[path.name] if arguments is None else arguments)
    need("ffmpeg", "-v", "error", "-y", *words, path)
    return path


def maker(folder: Path) -> Callable[[str], Path]:
    """Find files in a folder by their names; each is made when it is first asked for."""

    def find(name: str) -> Path:
        path = folder / name
        return path if path.exists() else make(path)

    return find


@dataclass(frozen=True)
class Probed:
    """What ffprobe says: streams in order, and the packets of each, edit lists not followed."""

    streams: list[dict[str, Any]]
    packets: list[list[dict[str, Any]]]
    seconds: float


def probe(path: Path) -> Probed:
    said = _output(
        "ffprobe", "-v", "error", "-ignore_editlist", "1", "-show_streams", "-show_format",
        "-show_packets", "-of", "json", path,
    )  # fmt: skip
    facts = json.loads(said)
    packets: list[list[dict[str, Any]]] = [[] for _ in facts["streams"]]
    for each in facts["packets"]:
        packets[each["stream_index"]].append(each)
    return Probed(facts["streams"], packets, float(facts["format"]["duration"]))


def media_info(path: Path) -> dict[str, list[dict[str, Any]]]:
    """What MediaInfo says: the tracks of each kind, the file as a whole under ``General``."""
    kinds: dict[str, list[dict[str, Any]]] = {}
    for track in json.loads(_output("mediainfo", "--Output=JSON", path))["media"]["track"]:
        kinds.setdefault(track["@type"], []).append(track)
    return kinds


def frame_hashes(path: Path) -> tuple[str, str]:
    """Digests of all packets as they are stored, and of all that is decoded, each with its time."""
    streams = ("-map", "0:v?", "-map", "0:a?", "-f", "framehash", "-")
    stored = _output("ffmpeg", "-v", "error", "-i", path, "-c", "copy", *streams)
    return stored, _output("ffmpeg", "-v", "error", "-i", path, *streams)


def qt_faststart(source: Path, target: Path) -> Path:
    """Let ffmpeg's own tool put the header first."""
    need("qt-faststart", source, target)
    return target


def boxes(content: bytes) -> Iterator[tuple[str, bytes]]:
    """Kind and bytes of each box at the top, all sizes in 32 bits."""
    at = 0
    while at < len(content):
        size, kind = struct.unpack(">I4s", content[at : at + 8])
        yield kind.decode("latin-1"), content[at : at + size]
        at += size


def with_hole(source: Path, target: Path, hole: int) -> Path:
    """Put many zeros, which take no room on disk, before the media data, in a box of 64 bits."""
    parts = list(boxes(source.read_bytes()))
    with target.open("wb") as file:
        for kind, content in parts:
            if kind == "mdat":
                file.write(struct.pack(">I4sQ", 1, b"mdat", 8 + hole + len(content)))
                file.seek(hole, os.SEEK_CUR)
                file.write(content[8:])
            else:
                file.write(content if kind != "moov" else _moved(content, 8 + hole))
    return target


def _moved(moov: bytes, by: int) -> bytes:
    """Rewrite 32-bit tables of offsets to wide ones; sizes of boxes around them grow."""

    def grown(content: bytes) -> bytes:
        out = b""
        for kind, box in boxes(content):
            if kind in {"moov", "trak", "mdia", "minf", "stbl"}:
                body = grown(box[8:])
            elif kind == "stco":
                offsets = struct.unpack(f">{len(box) // 4 - 4}I", box[16:])
                wide = (offset + by for offset in offsets)
                body = box[8:16] + struct.pack(f">{len(offsets)}Q", *wide)
            else:
                body = box[8:]
            named = "co64" if kind == "stco" else kind
            out += struct.pack(">I4s", 8 + len(body), named.encode("latin-1")) + body
        return out

    return grown(moov)


def _output(*command: str | Path) -> str:
    """What a command prints, which has to work."""
    try:
        return subprocess.run(command, capture_output=True, text=True, check=True).stdout
    except FileNotFoundError:
        give_up(f"{command[0]} is not installed")
