"""Small real IMF packages, made here, and those of others.

A package has real MXF files with a header, essence and an index; only the frames are no pictures.
"""

from __future__ import annotations

import os
import uuid
from dataclasses import dataclass, field, replace
from pathlib import Path

from reelpack import imf

from material.imf_essence import image, regxml, sound
from material.mxf import Essence, track_file

FIXTURES = Path(__file__).parents[3] / "shared" / "fixtures" / "imf"
DATE = "2026-03-09T09:00:00+00:00"
ASSET_MAP_ID = "11111111-1111-4111-8111-111111111111"
PACKING_LIST_ID = "22222222-2222-4222-8222-222222222222"
APPLICATION = "http://www.smpte-ra.org/ns/2067-21/2021"
CPL = "http://www.smpte-ra.org/schemas/2067-3/2016"
CORE = "http://www.smpte-ra.org/ns/2067-2/2020"
SAMPLES = 2000
"""Samples of sound in a frame, at 48 kHz and 24 frames a second."""


def fixtures(folder: str = "") -> Path:
    """The packages of others; skipped where they are not, never on the CI."""
    if not FIXTURES.is_dir():
        if "CI" in os.environ:
            raise FileNotFoundError(FIXTURES)
        import pytest  # noqa: PLC0415  (benches make packages without it)

        pytest.skip(f"{FIXTURES} is not there")
    return FIXTURES / folder


def named(what: str) -> uuid.UUID:
    """An id that is the same each time."""
    return uuid.uuid5(uuid.NAMESPACE_URL, what)


@dataclass(frozen=True)
class Clip:
    """Some of a track file; edit units of its own rate."""

    file: str
    entry: int = 0
    count: int | None = None
    repeat: int = 1


@dataclass(frozen=True)
class Playlist:
    """A composition: for each segment the clips of the image and those of the sound."""

    name: str = "CPL.xml"
    title: str = "Example"
    segments: tuple[tuple[tuple[Clip, ...], tuple[Clip, ...]], ...] = ()
    languages: tuple[str, ...] = ("en-US",)
    markers: tuple[tuple[str, int], ...] = ()
    timecode: str | None = None
    extra: str = ""

    @property
    def id(self) -> str:
        return str(named(f"composition {self.name}"))


@dataclass(frozen=True)
class Parts:
    """What a package is made of: track files by their name, and playlists."""

    files: dict[str, Essence] = field(default_factory=dict)
    playlists: tuple[Playlist, ...] = ()

    def id(self, file: str) -> str:
        """The id of a track file."""
        return str(named(f"track file {file}"))


def simple(frames: int = 24, *, language: str = "en-US") -> Parts:
    """Two pieces of image and one of sound, in one segment."""
    half = frames // 2
    files = {
        "image_1.mxf": image(half, seed=1),
        "image_2.mxf": image(frames - half, seed=3),
        "sound.mxf": sound(frames * SAMPLES, language=language, seed=2),
    }
    clips = ((Clip("image_1.mxf"), Clip("image_2.mxf")), (Clip("sound.mxf"),))
    markers = (("FFOC", 0), ("LFOC", frames - 1))
    playlist = Playlist(segments=(clips,), languages=(language,), markers=markers)
    return Parts(files, (playlist,))


def many(resources: int) -> Parts:
    """One piece of image and one of sound, cut into many resources of a frame each."""
    files = {"image.mxf": image(resources, seed=1), "sound.mxf": sound(resources * SAMPLES)}
    cuts = tuple(Clip("image.mxf", entry=n, count=1) for n in range(resources))
    return Parts(files, (Playlist(segments=((cuts, (Clip("sound.mxf"),)),)),))


def supplement(parts: Parts) -> Parts:
    """A package that replaces the second half of the image, and refers to the rest."""
    old = parts.files["image_2.mxf"]
    new = image(old.duration, seed=5)
    ((_, audio),) = parts.playlists[0].segments
    clips = ((Clip("image_1.mxf"), Clip("image_3.mxf")), audio)
    playlist = replace(parts.playlists[0], name="CPL_2.xml", title="Fixed", segments=(clips,))
    return Parts({**parts.files, "image_3.mxf": new}, (playlist,))


def write_parts(folder: Path, parts: Parts, *, without: tuple[str, ...] = ()) -> Path:
    """Write track files and playlists, and no list of them."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, essence in parts.files.items():
        if name not in without:
            (folder / name).write_bytes(track_file(essence, uuid.UUID(parts.id(name))))
    for playlist in parts.playlists:
        (folder / playlist.name).write_text(composition(parts, playlist), "utf-8")
    return folder


def make(folder: Path, parts: Parts | None = None, **options: object) -> imf.Made:
    """Make a whole package, the same each time."""
    write_parts(folder, parts or simple())
    told = {
        "issuer": "Example Pictures",
        "issue_date": DATE,
        "asset_map_id": ASSET_MAP_ID,
        "packing_list_id": PACKING_LIST_ID,
    }
    return imf.make(folder, **(told | options))  # type: ignore[arg-type]  # options by name


def profile(composition_id: str) -> str:
    """An output profile list with one macro."""
    return f"""<?xml version="1.0" encoding="UTF-8"?>
<OutputProfileList xmlns="http://www.smpte-ra.org/schemas/2067-100/2014" \
xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">
<Id>urn:uuid:{named("profile")}</Id>
<IssueDate>{DATE}</IssueDate>
<CompositionPlaylistId>urn:uuid:{composition_id}</CompositionPlaylistId>
<AliasList/>
<MacroList>
<Macro xsi:type="PresetMacroType"><Name>preset</Name><Preset>urn:x-playback</Preset></Macro>
</MacroList>
</OutputProfileList>
"""


def composition(parts: Parts, playlist: Playlist) -> str:
    """A composition playlist of 2016, with core constraints of 2020."""
    used = dict.fromkeys(
        clip.file for segment in playlist.segments for clips in segment for clip in clips
    )
    described = "".join(
        f"<EssenceDescriptor><Id>{_encoding(file)}</Id>{regxml(parts.files[file].descriptor)}"
        "</EssenceDescriptor>\n"
        for file in used
    )
    segments = "".join(_segment(parts, playlist, n) for n in range(len(playlist.segments)))
    locales = "".join(f"<Language>{tag}</Language>" for tag in playlist.languages)
    locale = f"<LocaleList><Locale><LanguageList>{locales}</LanguageList></Locale></LocaleList>\n"
    return f"""<?xml version="1.0" encoding="UTF-8"?>
<CompositionPlaylist xmlns="{CPL}" xmlns:cc="{CORE}" \
xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">
<Id>urn:uuid:{playlist.id}</Id>
<Annotation>made for tests</Annotation>
<IssueDate>{DATE}</IssueDate>
<Issuer>Example Pictures</Issuer>
<Creator>reelpack tests</Creator>
<ContentOriginator>Example Pictures</ContentOriginator>
<ContentTitle>{playlist.title}</ContentTitle>
<ContentKind>feature</ContentKind>
<ContentVersionList><ContentVersion><Id>urn:uuid:{named("version")}</Id>\
<LabelText>first</LabelText></ContentVersion></ContentVersionList>
<EssenceDescriptorList>
{described}</EssenceDescriptorList>
{_timecode(playlist)}<EditRate>24 1</EditRate>
{locale if playlist.languages else ""}<ExtensionProperties>
<cc:ApplicationIdentification>{APPLICATION}</cc:ApplicationIdentification>
{playlist.extra}</ExtensionProperties>
<SegmentList>
{segments}</SegmentList>
</CompositionPlaylist>
"""


def _timecode(playlist: Playlist) -> str:
    if playlist.timecode is None:
        return ""
    return f"""<CompositionTimecode>
<TimecodeDropFrame>false</TimecodeDropFrame>
<TimecodeRate>24</TimecodeRate>
<TimecodeStartAddress>{playlist.timecode}</TimecodeStartAddress>
</CompositionTimecode>
"""


def _segment(parts: Parts, playlist: Playlist, number: int) -> str:
    image_clips, sound_clips = playlist.segments[number]
    sequences = _sequence(parts, playlist, number, "MainImageSequence", image_clips)
    if sound_clips:
        sequences += _sequence(parts, playlist, number, "MainAudioSequence", sound_clips)
    marks = _markers(parts, playlist) if number == 0 and playlist.markers else ""
    return f"""<Segment>
<Id>urn:uuid:{named(f"segment {number} {playlist.name}")}</Id>
<SequenceList>
{marks}{sequences}</SequenceList>
</Segment>
"""


def _sequence(
    parts: Parts, playlist: Playlist, number: int, kind: str, clips: tuple[Clip, ...]
) -> str:
    about = f"{kind} {number} {playlist.name}"
    resources = "".join(
        _resource(parts, clip, f"{about} {place}") for place, clip in enumerate(clips)
    )
    return f"""<cc:{kind}>
<Id>urn:uuid:{named(about)}</Id>
<TrackId>urn:uuid:{named(kind)}</TrackId>
<ResourceList>
{resources}</ResourceList>
</cc:{kind}>
"""


def _resource(parts: Parts, clip: Clip, about: str) -> str:
    essence = parts.files[clip.file]
    rate = f"{essence.rate.numerator} {essence.rate.denominator}"
    count = essence.duration - clip.entry if clip.count is None else clip.count
    return f"""<Resource xsi:type="TrackFileResourceType">
<Id>urn:uuid:{named(about)}</Id>
<EditRate>{rate}</EditRate>
<IntrinsicDuration>{essence.duration}</IntrinsicDuration>
<EntryPoint>{clip.entry}</EntryPoint>
<SourceDuration>{count}</SourceDuration>
<RepeatCount>{clip.repeat}</RepeatCount>
<SourceEncoding>{_encoding(clip.file)}</SourceEncoding>
<TrackFileId>urn:uuid:{parts.id(clip.file)}</TrackFileId>
</Resource>
"""


def _markers(parts: Parts, playlist: Playlist) -> str:
    marks = "".join(
        f"<Marker><Label>{name}</Label><Offset>{at}</Offset></Marker>\n"
        for name, at in playlist.markers
    )
    frames = _frames(parts, playlist)
    return f"""<MarkerSequence>
<Id>urn:uuid:{named(f"markers {playlist.name}")}</Id>
<TrackId>urn:uuid:{named("MarkerSequence")}</TrackId>
<ResourceList>
<Resource xsi:type="MarkerResourceType">
<Id>urn:uuid:{named(f"marks {playlist.name}")}</Id>
<IntrinsicDuration>{frames}</IntrinsicDuration>
{marks}</Resource>
</ResourceList>
</MarkerSequence>
"""


def _frames(parts: Parts, playlist: Playlist) -> int:
    """Frames of the first segment."""
    return sum(
        clip.repeat * (clip.count or parts.files[clip.file].duration - clip.entry)
        for clip in playlist.segments[0][0]
    )


def _encoding(file: str) -> str:
    return named(f"encoding {file}").urn
