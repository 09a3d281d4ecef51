"""A small writer of MXF: header metadata, one piece of essence, an index, and nothing more.

Written from the public tables of others (asdcplib, ffmpeg), for tests: what it writes is read by
our reader, by ffprobe and by imferno, and its descriptors become RegXML for a playlist too.
"""

from __future__ import annotations

import itertools
import struct
import uuid
from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

SMPTE = bytes.fromhex("060e2b34")
REGISTER = {
    # name: (label without its first four bytes, fixed tag or None, type)
    "InstanceID": ("01010101.01011502.00000000", 0x3C0A, "uuid"),
    "GenerationID": ("01010102.05200701.01000000", 0x3C09, "uuid"),
    "ApplicationSupplierName": ("01010102.05200701.02010000", 0x3C01, "text"),
    "ApplicationName": ("01010102.05200701.03010000", 0x3C02, "text"),
    "ApplicationVersionString": ("01010102.05200701.05010000", 0x3C04, "text"),
    "ApplicationProductID": ("01010102.05200701.07000000", 0x3C05, "uuid"),
    "FileModificationDate": ("01010102.07020110.02030000", 0x3C06, "bytes"),
    "FileLastModified": ("01010102.07020110.02040000", 0x3B02, "bytes"),
    "FormatVersion": ("01010102.03010201.05000000", 0x3B05, "u16"),
    "ObjectModelVersion": ("01010102.03010201.04000000", 0x3B07, "u32"),
    "PrimaryPackage": ("01010104.06010104.01080000", 0x3B08, "uuid"),
    "IdentificationList": ("01010102.06010104.06040000", 0x3B06, "uuids"),
    "ContentStorageObject": ("01010102.06010104.02010000", 0x3B03, "uuid"),
    "OperationalPattern": ("01010105.01020203.00000000", 0x3B09, "ul"),
    "EssenceContainers": ("01010105.01020210.02010000", 0x3B0A, "uls"),
    "DescriptiveSchemes": ("01010105.01020210.02020000", 0x3B0B, "uls"),
    "Packages": ("01010102.06010104.05010000", 0x1901, "uuids"),
    "EssenceDataObjects": ("01010102.06010104.05020000", 0x1902, "uuids"),
    "LinkedPackageID": ("01010102.06010106.01000000", 0x2701, "bytes"),
    "IndexStreamID": ("01010104.01030405.00000000", 0x3F06, "u32"),
    "EssenceStreamID": ("01010104.01030404.00000000", 0x3F07, "u32"),
    "PackageID": ("01010101.01011510.00000000", 0x4401, "bytes"),
    "PackageName": ("01010101.01030302.01000000", 0x4402, "text"),
    "CreationTime": ("01010102.07020110.01030000", 0x4405, "bytes"),
    "PackageLastModified": ("01010102.07020110.02050000", 0x4404, "bytes"),
    "PackageTracks": ("01010102.06010104.06050000", 0x4403, "uuids"),
    "EssenceDescription": ("01010102.06010104.02030000", 0x4701, "uuid"),
    "TrackID": ("01010102.01070101.00000000", 0x4801, "u32"),
    "TrackName": ("01010102.01070102.01000000", 0x4802, "text"),
    "EssenceTrackNumber": ("01010102.01040103.00000000", 0x4804, "u32"),
    "TrackSegment": ("01010102.06010104.02040000", 0x4803, "uuid"),
    "EditRate": ("01010102.05300405.00000000", 0x4B01, "rate"),
    "Origin": ("01010102.07020103.01030000", 0x4B02, "i64"),
    "ComponentDataDefinition": ("01010102.04070100.00000000", 0x0201, "ul"),
    "ComponentLength": ("01010102.07020201.01030000", 0x0202, "i64"),
    "ComponentObjects": ("01010102.06010104.06090000", 0x1001, "uuids"),
    "StartPosition": ("01010102.07020103.01040000", 0x1201, "i64"),
    "SourcePackageID": ("01010102.06010103.01000000", 0x1101, "bytes"),
    "SourceTrackID": ("01010102.06010103.02000000", 0x1102, "u32"),
    "EditUnitByteCount": ("01010104.04060201.00000000", 0x3F05, "u32"),
    "IndexEditRate": ("01010105.05300406.00000000", 0x3F0B, "rate"),
    "IndexStartPosition": ("01010105.07020103.010a0000", 0x3F0C, "i64"),
    "IndexDuration": ("01010105.07020201.01020000", 0x3F0D, "i64"),
    # Descriptors; these stand in playlists too.
    "SubDescriptors": ("01010109.06010104.06100000", None, "sets"),
    "LinkedTrackID": ("01010105.06010103.05000000", 0x3006, "u32"),
    "SampleRate": ("01010101.04060101.00000000", 0x3001, "rate"),
    "EssenceLength": ("01010101.04060102.00000000", 0x3002, "i64"),
    "ContainerFormat": ("01010102.06010104.01020000", 0x3004, "ul"),
    "FrameLayout": ("01010101.04010301.04000000", 0x320C, "FullFrame"),
    "StoredWidth": ("01010101.04010502.02000000", 0x3203, "u32"),
    "StoredHeight": ("01010101.04010502.01000000", 0x3202, "u32"),
    "ImageAspectRatio": ("01010101.04010101.01000000", 0x320E, "rate"),
    "VideoLineMap": ("01010102.04010302.05000000", 0x320D, "i32s"),
    "TransferCharacteristic": ("01010102.04010201.01010200", 0x3210, "ul"),
    "PictureCompression": ("01010102.04010601.00000000", 0x3201, "ul"),
    "CodingEquations": ("01010102.04010201.01030100", 0x321A, "ul"),
    "ColorPrimaries": ("01010109.04010201.01060100", 0x3219, "ul"),
    "ComponentDepth": ("01010102.04010503.0a000000", 0x3301, "u32"),
    "HorizontalSubsampling": ("01010101.04010501.05000000", 0x3302, "u32"),
    "VerticalSubsampling": ("01010102.04010501.10000000", 0x3308, "u32"),
    "ColorSiting": ("01010101.04010501.06000000", 0x3303, "CoSiting"),
    "BlackRefLevel": ("01010101.04010503.03000000", 0x3304, "u32"),
    "WhiteRefLevel": ("01010101.04010503.04000000", 0x3305, "u32"),
    "ColorRange": ("01010102.04010503.05000000", 0x3306, "u32"),
    "AudioSampleRate": ("01010105.04020301.01010000", 0x3D03, "rate"),
    "ChannelCount": ("01010105.04020101.04000000", 0x3D07, "u32"),
    "QuantizationBits": ("01010104.04020303.04000000", 0x3D01, "u32"),
    "BlockAlign": ("01010105.04020302.01000000", 0x3D0A, "u16"),
    "AverageBytesPerSecond": ("01010105.04020303.05000000", 0x3D09, "u32"),
    "ChannelAssignment": ("01010107.04020101.05000000", 0x3D32, "ul"),
    "MCALabelDictionaryID": ("0101010e.01030701.01000000", None, "ul"),
    "MCALinkID": ("0101010e.01030701.05000000", None, "uuid"),
    "MCATagSymbol": ("0101010e.01030701.02000000", None, "text"),
    "MCATagName": ("0101010e.01030701.03000000", None, "text"),
    "MCAChannelID": ("0101010e.0103040a.00000000", None, "u32"),
    "RFC5646SpokenLanguage": ("0101010d.03010102.03150000", None, "ascii"),
    "SoundfieldGroupLinkID": ("0101010e.01030701.06000000", None, "uuid"),
    "MCATitle": ("0101010e.01051000.00000000", None, "text"),
    "MCATitleVersion": ("0101010e.01051100.00000000", None, "text"),
    "MCAAudioContentKind": ("0101010e.03020102.20000000", None, "text"),
    "MCAAudioElementKind": ("0101010e.03020102.21000000", None, "text"),
    "Rsiz": ("0101010a.04010603.01000000", None, "u16"),
    "Xsiz": ("0101010a.04010603.02000000", None, "u32"),
    "Ysiz": ("0101010a.04010603.03000000", None, "u32"),
    "XOsiz": ("0101010a.04010603.04000000", None, "u32"),
    "YOsiz": ("0101010a.04010603.05000000", None, "u32"),
    "XTsiz": ("0101010a.04010603.06000000", None, "u32"),
    "YTsiz": ("0101010a.04010603.07000000", None, "u32"),
    "XTOsiz": ("0101010a.04010603.08000000", None, "u32"),
    "YTOsiz": ("0101010a.04010603.09000000", None, "u32"),
    "Csiz": ("0101010a.04010603.0a000000", None, "u16"),
    "PictureComponentSizing": ("0101010a.04010603.0b000000", None, "sizing"),
    "CodingStyleDefault": ("0101010a.04010603.0c000000", None, "hex"),
    "QuantizationDefault": ("0101010a.04010603.0d000000", None, "hex"),
    "J2CLayout": ("0101010e.04010603.0e000000", None, "layout"),
}
"""The properties that are written."""

SETS = {
    "Preface": "2f",
    "Identification": "30",
    "ContentStorage": "18",
    "EssenceData": "23",
    "MaterialPackage": "36",
    "SourcePackage": "37",
    "TimelineTrack": "3b",
    "Sequence": "0f",
    "SourceClip": "11",
    "CDCIDescriptor": "28",
    "WAVEPCMDescriptor": "48",
    "JPEG2000SubDescriptor": "5a",
    "AudioChannelLabelSubDescriptor": "6b",
    "SoundfieldGroupLabelSubDescriptor": "6c",
}

HEAD = 16 + 5
"""Bytes of a key and a length."""
OP1A = "060e2b34.04010101.0d010201.01010100"
COMPONENTS = {"CompLuma": 0x59, "CompColorDifferenceU": 0x55, "CompColorDifferenceV": 0x56}


@dataclass
class Set:
    """A set of properties, in the order in which they are written."""

    name: str
    values: dict[str, object]
    id: uuid.UUID


@dataclass(frozen=True)
class Essence:
    """What a track file holds.

    `element` is the key of its essence, `definition` that of its track, `unit` the bytes of an edit
    unit in the file. Bytes are made from `seed`, so that no two files are alike.
    """

    descriptor: Set
    rate: Fraction
    duration: int
    container: str
    element: str
    definition: str
    unit: int
    clip_wrapped: bool
    seed: int


def label(text: str) -> bytes:
    return bytes.fromhex(text.replace(".", ""))


def track_file(essence: Essence, material: uuid.UUID) -> bytes:
    """The whole file; `material` becomes the id of the track file."""
    sets = list(_metadata(essence, material))
    primer = _Primer()
    body = b"".join(_local_set(one, primer) for one in sets)
    metadata = _klv(f"{SMPTE.hex()}02050101.0d010201.01050100", primer.value()) + body
    index = _index(essence)
    partitions = [
        ("02", 0, 0, metadata, b""),
        ("03", 0, 1, b"", b"".join(_elements(essence))),
        ("03", 129, 0, b"", index),
        ("04", 0, 0, b"", b""),
    ]
    return _laid_out(partitions, essence.container)


def _metadata(essence: Essence, material: uuid.UUID) -> Iterator[Set]:
    """All sets, the preface first."""
    number = int(essence.element[-8:], 16)
    file_umid = label("060a2b34.01010105.01010f20.13000000") + material.bytes
    other = uuid.uuid5(material, "material package")
    count = itertools.count()

    def new(name: str, values: dict[str, object]) -> Set:
        return Set(name, values, uuid.uuid5(material, f"set {next(count)}"))

    clip = new("SourceClip", _component(essence) | _from(file_umid))
    sequence = new("Sequence", _component(essence) | {"ComponentObjects": [clip.id]})
    source = new("SourceClip", _component(essence) | _from(bytes(32), 0))
    file_sequence = new("Sequence", _component(essence) | {"ComponentObjects": [source.id]})
    track = new("TimelineTrack", _track(essence, 0, sequence))
    file_track = new("TimelineTrack", _track(essence, number, file_sequence))
    played = new(
        "MaterialPackage",
        _package(label("060a2b34.01010105.01010f20.13000000") + other.bytes, track),
    )
    held = new(
        "SourcePackage",
        _package(file_umid, file_track) | {"EssenceDescription": essence.descriptor.id},
    )
    data = new(
        "EssenceData", {"LinkedPackageID": file_umid, "IndexStreamID": 129, "EssenceStreamID": 1}
    )
    storage = new(
        "ContentStorage", {"Packages": [held.id, played.id], "EssenceDataObjects": [data.id]}
    )
    program = new(
        "Identification",
        {
            "GenerationID": uuid.uuid5(material, "generation"),
            "ApplicationSupplierName": "reelpack",
            "ApplicationName": "tests",
            "ApplicationVersionString": "1",
            "ApplicationProductID": uuid.uuid5(material, "product"),
            "FileModificationDate": bytes(8),
        },
    )
    preface = new(
        "Preface",
        {
            "FileLastModified": bytes(8),
            "FormatVersion": 259,
            "ObjectModelVersion": 1,
            "PrimaryPackage": held.id,
            "IdentificationList": [program.id],
            "ContentStorageObject": storage.id,
            "OperationalPattern": OP1A,
            "EssenceContainers": [essence.container],
            "DescriptiveSchemes": [],
        },
    )
    yield from (preface, program, storage, held, played, data, file_track, track)
    yield from (file_sequence, sequence, source, clip, essence.descriptor)
    below = essence.descriptor.values.get("SubDescriptors", [])
    assert isinstance(below, list)
    yield from below


def _component(essence: Essence) -> dict[str, object]:
    return {"ComponentDataDefinition": essence.definition, "ComponentLength": essence.duration}


def _from(umid: bytes, track: int = 2) -> dict[str, object]:
    return {"StartPosition": 0, "SourcePackageID": umid, "SourceTrackID": track}


def _track(essence: Essence, number: int, sequence: Set) -> dict[str, object]:
    return {
        "TrackID": 2,
        "EssenceTrackNumber": number,
        "TrackSegment": sequence.id,
        "EditRate": essence.rate,
        "Origin": 0,
    }


def _package(umid: bytes, track: Set) -> dict[str, object]:
    dates = {"CreationTime": bytes(8), "PackageLastModified": bytes(8)}
    return {"PackageID": umid, **dates, "PackageTracks": [track.id]}


def _elements(essence: Essence) -> Iterator[bytes]:
    """The essence: one element for each edit unit, or one for all of them."""
    content = _content(essence)
    if essence.clip_wrapped:
        yield _klv(essence.element, content)
        return
    size = len(content) // essence.duration
    for at in range(0, len(content), size):
        yield _klv(essence.element, content[at : at + size])


def _content(essence: Essence) -> bytes:
    """Bytes that are of no use but to be hashed."""
    head = 0 if essence.clip_wrapped else HEAD
    size = (essence.unit - head) * essence.duration
    pattern = bytes((essence.seed + 7 * n) % 251 for n in range(251))
    return (pattern * (size // 251 + 1))[:size]


def _index(essence: Essence) -> bytes:
    values: dict[str, object] = {
        "IndexEditRate": essence.rate,
        "IndexStartPosition": 0,
        "IndexDuration": essence.duration,
        "EditUnitByteCount": essence.unit,
        "IndexStreamID": 129,
        "EssenceStreamID": 1,
    }
    segment = Set("IndexTableSegment", values, essence.descriptor.id)
    return _klv(f"{SMPTE.hex()}02530101.0d010201.01100100", _items(segment, _Primer()))


def _laid_out(partitions: list[tuple[str, int, int, bytes, bytes]], container: str) -> bytes:
    """Partitions one after the other, then the index of them."""
    length = HEAD + 88 + 16
    starts, at = [], 0
    for _, _, _, metadata, rest in partitions:
        starts.append(at)
        at += length + len(metadata) + len(rest)
    footer, parts = starts[-1], []
    for n, (kind, index_sid, body_sid, metadata, rest) in enumerate(partitions):
        before = starts[n - 1] if n else 0
        index_size = len(rest) if index_sid else 0
        facts = struct.pack(">HHI5QIQI", 1, 3, 1, starts[n], before, footer, len(metadata),
                            index_size, index_sid, 0, body_sid)  # fmt: skip
        pack = facts + label(OP1A) + struct.pack(">II", 1, 16) + label(container)
        key = f"{SMPTE.hex()}02050101.0d010201.01{kind}0400"
        parts += [_klv(key, pack), metadata, rest]
    sids = [body for _, _, body, _, _ in partitions]
    entries = b"".join(struct.pack(">IQ", *each) for each in zip(sids, starts, strict=True))
    size = HEAD + len(entries) + 4
    entries += struct.pack(">I", size)
    return b"".join(parts) + _klv(f"{SMPTE.hex()}02050101.0d010201.01110100", entries)


class _Primer:
    """Which local tag is which property."""

    def __init__(self) -> None:
        self.tags: dict[int, bytes] = {}

    def tag(self, name: str) -> int:
        text, fixed, _ = REGISTER[name]
        full = SMPTE + label(text)
        found = fixed or next((tag for tag, ul in self.tags.items() if ul == full), None)
        number = found or 0xFFFF - sum(tag >= 0x8000 for tag in self.tags)
        self.tags[number] = full
        return number

    def value(self) -> bytes:
        items = b"".join(struct.pack(">H", tag) + ul for tag, ul in self.tags.items())
        return struct.pack(">II", len(self.tags), 18) + items


def _local_set(one: Set, primer: _Primer) -> bytes:
    key = f"{SMPTE.hex()}02530101.0d010101.0101{SETS[one.name]}00"
    return _klv(key, _items(one, primer))


def _items(one: Set, primer: _Primer) -> bytes:
    """The local items of a set."""
    written = []
    for name, value in {"InstanceID": one.id, **one.values}.items():
        coded = coded_value(REGISTER[name][2], value)
        written.append(struct.pack(">HH", primer.tag(name), len(coded)) + coded)
    return b"".join(written)


def coded_value(kind: str, value: object) -> bytes:  # noqa: C901, PLR0911, PLR0912  (a table)
    """A value as its type is written."""
    numbers = {"u16": ">H", "u32": ">I", "i64": ">q"}
    match kind, value:
        case (("u16" | "u32" | "i64"), int()):
            return struct.pack(numbers[kind], value)
        case _, uuid.UUID():
            return value.bytes
        case "ul", str():
            return label(value)
        case "rate", Fraction():
            return struct.pack(">ii", value.numerator, value.denominator)
        case "text", str():
            return value.encode("utf-16-be")
        case "ascii", str():
            return value.encode()
        case "hex", str():
            return bytes.fromhex(value)
        case "bytes", bytes():
            return value
        case "layout", list():
            pairs = [(COMPONENTS[code], size) for code, size in value]
            return b"".join(map(bytes, pairs)).ljust(16, b"\0")
        case (("uuids" | "sets"), list()):
            return _batch(
                [(each.id if isinstance(each, Set) else each).bytes for each in value], 16
            )
        case "uls", list():
            return _batch([label(each) for each in value], 16)
        case "i32s", list():
            return _batch([struct.pack(">i", each) for each in value], 4)
        case "sizing", list():
            return _batch([bytes(each) for each in value], 3)
        case (("FullFrame" | "CoSiting"), _):
            return b"\0"
    raise AssertionError((kind, value))


def _batch(items: list[bytes], size: int) -> bytes:
    return struct.pack(">II", len(items), size) + b"".join(items)


def _klv(key: str, value: bytes) -> bytes:
    """A key, a length of five bytes and a value."""
    return label(key) + b"\x84" + len(value).to_bytes(4) + value
