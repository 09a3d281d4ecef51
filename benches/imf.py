"""Verifying an IMF package against `sha1sum` and `imferno`, each ratio beside its target.

Run by hand: ``PYTHONPATH=tests python benches/imf.py``. Two packages are made and removed
again, one after the other: eight track files of one size, and a single large one. Their bytes mean
nothing, so that findings about them are expected: what is compared is the time until all digests
are known.
"""

from __future__ import annotations

import argparse
import base64
import hashlib
import os
import shutil
import sys
import uuid
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from measure import Contender, note, race, warm
from rows import Row, at_least, memory

if TYPE_CHECKING:
    from collections.abc import Iterator

MB = 1_000_000

BLOCK = 1 << 20
"""Bytes written at a time."""

SHARE = 0.5
"""Of the memory that is free, what the material may take: it is to stay in the page cache."""

FINDINGS = '"$@"; test $? -le 1'
"""Findings are an answer, and exit code 1; anything above is a failure."""

ASSET_MAP = """<?xml version="1.0" encoding="UTF-8"?>
<AssetMap xmlns="http://www.smpte-ra.org/schemas/429-9/2007/AM">
  <Id>urn:uuid:{id}</Id>
  <Creator>reelpack bench</Creator>
  <VolumeCount>1</VolumeCount>
  <IssueDate>2024-01-01T00:00:00Z</IssueDate>
  <Issuer>reelpack bench</Issuer>
  <AssetList>
{assets}  </AssetList>
</AssetMap>
"""

MAPPED = """    <Asset>
      <Id>urn:uuid:{id}</Id>{packing_list}
      <ChunkList><Chunk><Path>{path}</Path></Chunk></ChunkList>
    </Asset>
"""

PACKING_LIST = """<?xml version="1.0" encoding="UTF-8"?>
<PackingList xmlns="http://www.smpte-ra.org/schemas/2067-2/2016/PKL">
  <Id>urn:uuid:{id}</Id>
  <IssueDate>2024-01-01T00:00:00Z</IssueDate>
  <Issuer>reelpack bench</Issuer>
  <Creator>reelpack bench</Creator>
  <AssetList>
{assets}  </AssetList>
</PackingList>
"""

LISTED = """    <Asset>
      <Id>urn:uuid:{id}</Id>
      <Hash>{digest}</Hash>
      <Size>{size}</Size>
      <Type>{mime_type}</Type>
      <HashAlgorithm Algorithm="http://www.w3.org/2000/09/xmldsig#sha1"/>
    </Asset>
"""

VOLUME_INDEX = """<?xml version="1.0" encoding="UTF-8"?>
<VolumeIndex xmlns="http://www.smpte-ra.org/schemas/429-9/2007/AM"><Index>1</Index></VolumeIndex>
"""

COMPOSITION = """<?xml version="1.0" encoding="UTF-8"?>
<CompositionPlaylist xmlns="http://www.smpte-ra.org/schemas/2067-3/2016"
    xmlns:cc="http://www.smpte-ra.org/schemas/2067-2/2016">
  <Id>urn:uuid:{id}</Id>
  <IssueDate>2024-01-01T00:00:00Z</IssueDate>
  <ContentTitle>Bench</ContentTitle>
  <EssenceDescriptorList>
    <EssenceDescriptor><Id>urn:uuid:{descriptor}</Id></EssenceDescriptor>
  </EssenceDescriptorList>
  <EditRate>24 1</EditRate>
  <SegmentList>
    <Segment>
      <Id>urn:uuid:{segment}</Id>
      <SequenceList>
        <cc:MainImageSequence>
          <Id>urn:uuid:{sequence}</Id>
          <TrackId>urn:uuid:{track}</TrackId>
          <ResourceList>
{resources}          </ResourceList>
        </cc:MainImageSequence>
      </SequenceList>
    </Segment>
  </SegmentList>
</CompositionPlaylist>
"""

RESOURCE = """            <Resource xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"
                xsi:type="TrackFileResourceType">
              <Id>urn:uuid:{id}</Id>
              <IntrinsicDuration>24</IntrinsicDuration>
              <SourceEncoding>urn:uuid:{descriptor}</SourceEncoding>
              <TrackFileId>urn:uuid:{track_file}</TrackFileId>
            </Resource>
"""


@dataclass(frozen=True, slots=True)
class Asset:
    """A file as the packing list names it."""

    path: Path
    mime_type: str
    size: int
    digest: str

    @property
    def id(self) -> uuid.UUID:
        return identity(self.path.name)

    def listed(self) -> str:
        fields = {"digest": self.digest, "size": self.size, "mime_type": self.mime_type}
        return LISTED.format(id=self.id, **fields)

    def mapped(self) -> str:
        return MAPPED.format(id=self.id, packing_list="", path=self.path.name)


@dataclass(frozen=True, slots=True)
class Bench:
    """The commands and how often they run."""

    python: Path
    imferno: str | None
    rounds: int

    def verify(self, package: Path) -> Contender:
        ours: list[str | Path] = [self.python, "-m", "reelpack", "imf", "verify", package]
        return Contender("reelpack imf verify", ["sh", "-c", FINDINGS, "sh", *ours])

    def theirs(self, package: Path) -> list[Contender]:
        files = sorted(package.glob("*.mxf"))
        both = [Contender("sha1sum", ["sha1sum", *files])]
        if self.imferno:
            command: list[str | Path] = [self.imferno, "validate", package]
            both.append(Contender("imferno", ["sh", "-c", FINDINGS, "sh", *command]))
        return both


def identity(name: str) -> uuid.UUID:
    """The same id for the same name, in every run."""
    return uuid.uuid5(uuid.NAMESPACE_URL, name)


def write_track(path: Path, size: int, seed: int) -> Asset:
    """So many bytes, of which no two blocks are alike."""
    noise = os.urandom(BLOCK - 16)
    sha1 = hashlib.sha1(usedforsecurity=False)
    with path.open("wb") as file:
        for at in range(0, size, BLOCK):
            block = seed.to_bytes(8) + at.to_bytes(8) + noise
            block = block[: min(BLOCK, size - at)]
            sha1.update(block)
            file.write(block)
    return Asset(path, "application/mxf", size, base64.b64encode(sha1.digest()).decode())


def write_document(path: Path, text: str) -> Asset:
    path.write_text(text, encoding="utf-8")
    digest = hashlib.sha1(text.encode(), usedforsecurity=False).digest()
    return Asset(path, "text/xml", path.stat().st_size, base64.b64encode(digest).decode())


def composition(tracks: list[Asset]) -> str:
    """One image track that shows a second of each file."""
    ids = {name: identity(name) for name in ("id", "descriptor", "segment", "sequence", "track")}
    resources = [
        RESOURCE.format(
            id=identity(f"resource {track.id}"),
            descriptor=ids["descriptor"],
            track_file=track.id,
        )
        for track in tracks
    ]
    return COMPOSITION.format(**ids, resources="".join(resources))


def make_package(folder: Path, count: int, size: int) -> None:
    """A package of so many track files of that size."""
    note(f"making {count} x {size / MB:,.0f} MB")
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    tracks = [write_track(folder / f"track_{n}.mxf", size, n) for n in range(count)]
    assets = [*tracks, write_document(folder / "CPL.xml", composition(tracks))]
    listed = "".join(asset.listed() for asset in assets)
    packing_list = PACKING_LIST.format(id=identity("PKL.xml"), assets=listed)
    write_document(folder / "PKL.xml", packing_list)
    flag = "\n      <PackingList>true</PackingList>"
    mapped = MAPPED.format(id=identity("PKL.xml"), packing_list=flag, path="PKL.xml")
    mapped += "".join(asset.mapped() for asset in assets)
    write_document(folder / "VOLINDEX.xml", VOLUME_INDEX)
    asset_map = ASSET_MAP.format(id=identity("ASSETMAP.xml"), assets=mapped)
    write_document(folder / "ASSETMAP.xml", asset_map)


def available() -> int:
    """Bytes of memory that are free, or would be if they were asked for."""
    lines = Path("/proc/meminfo").read_text(encoding="ascii").splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("MemAvailable")) * 1024


def fitting(count: int, size: int) -> int:
    """The size of each file, smaller if all of them would not stay in memory."""
    most = int(available() * SHARE) // count
    if size > most:
        note(f"not enough memory for {size / MB:,.0f} MB each: {most / MB:,.0f} MB instead")
    return min(size, most)


def measure(bench: Bench, folder: Path, what: str, target: float) -> Iterator[Row]:
    """All commands over one package, in turns."""
    warm(folder)
    ours, theirs = bench.verify(folder), bench.theirs(folder)
    race([*theirs, ours], bench.rounds)
    for contender, least in zip(theirs, (target, 1), strict=False):
        yield at_least(f"`imf verify`, {what}: {contender.name} takes", contender, ours, least)
    yield memory(f"`imf verify`, {what}", ours, 256)


def parse_arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description="Measure the verification of IMF packages.")
    parser.add_argument("--each", type=int, default=256, help="MB of each of eight files (256)")
    parser.add_argument("--large", type=int, default=2048, help="MB of the single file (2048)")
    parser.add_argument("--rounds", type=int, default=5, help="runs of each command (5)")
    parser.add_argument("--work", type=Path, metavar="DIR", help="where packages are made")
    parser.add_argument("--imferno", default=shutil.which("imferno"), help="the rival, if any")
    parser.add_argument("--python", type=Path, default=Path(sys.executable))
    return parser.parse_args()


def main() -> None:
    arguments = parse_arguments()
    shared = Path("/dev/shm")  # noqa: S108 - a folder of its own below it
    work = arguments.work or (shared if shared.is_dir() else Path("target")) / "reelpack-imf"
    bench = Bench(arguments.python, arguments.imferno, arguments.rounds)
    rows: list[Row] = []
    for what, count, size, target in [
        ("8 equal files", 8, arguments.each, 3.5),
        ("one large file", 1, arguments.large, 2),
    ]:
        try:
            make_package(work, count, fitting(count, size * MB))
            rows.extend(measure(bench, work, what, target))
        finally:
            shutil.rmtree(work, ignore_errors=True)
    print(f"Median of {bench.rounds} runs, in turns.\n")
    print("| what | measured | target (possible) | reached |\n| --- | --- | --- | --- |")
    print("\n".join(map(str, rows)))


if __name__ == "__main__":
    main()
