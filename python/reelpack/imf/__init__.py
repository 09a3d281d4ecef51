"""IMF packages: look into them, verify, compare, make and deliver them.

`open` says what is in a package and how it is played, `verify` whether it is right, down to the
digests and the headers of its track files; `diff` what changed from one composition to another.
`make` writes the lists for a folder of finished files, and `delivery` what `Backlot.deliver_imf`
sends. `read` takes a single document, `rules` lists all that `verify` asks.

No essence is decoded, and no signature checked. Names are loaded when they are first used.
"""

# As in `reelpack`: type checkers take this name for true.
TYPE_CHECKING = False
if TYPE_CHECKING:
    from reelpack.imf.charts import timeline
    from reelpack.imf.compositions import (
        Composition,
        ContentVersion,
        Locale,
        Marker,
        Resource,
        Segment,
        StartTimecode,
        VirtualTrack,
    )
    from reelpack.imf.deliveries import ImfBody, ImfOrder, delivery
    from reelpack.imf.differences import Change, Difference, diff
    from reelpack.imf.documents import Content, Document, Problem, Unknown, read
    from reelpack.imf.lists import (
        AssetMap,
        Chunk,
        MappedAsset,
        OutputProfileList,
        PackedAsset,
        PackingList,
        VolumeIndex,
    )
    from reelpack.imf.making import CREATOR, LeftOut, Made, MadeAsset, make
    from reelpack.imf.packages import (
        Asset,
        DocumentFacts,
        Elsewhere,
        NotHere,
        OutputProfile,
        Package,
        Unread,
        open,  # noqa: A004  (read as `imf.open`)
    )
    from reelpack.imf.playlists import (
        CompositionPlaylist,
        CompositionTimecode,
        EssenceDescriptor,
        PlayedMarker,
        PlayedResource,
        PlayedSegment,
        Sequence,
        Source,
        Target,
    )
    from reelpack.imf.reports import Finding, Profile, Report, verify
    from reelpack.imf.rulebook import Rule, rules
    from reelpack.imf.tables import Tables

_HOMES = {
    "charts": {"timeline"},
    "compositions": {
        "Composition",
        "ContentVersion",
        "Locale",
        "Marker",
        "Resource",
        "Segment",
        "StartTimecode",
        "VirtualTrack",
    },
    "deliveries": {"ImfBody", "ImfOrder", "delivery"},
    "differences": {"Change", "Difference", "diff"},
    "documents": {"Content", "Document", "Problem", "Unknown", "read"},
    "lists": {
        "AssetMap",
        "Chunk",
        "MappedAsset",
        "OutputProfileList",
        "PackedAsset",
        "PackingList",
        "VolumeIndex",
    },
    "making": {"CREATOR", "LeftOut", "Made", "MadeAsset", "make"},
    "packages": {
        "Asset",
        "DocumentFacts",
        "Elsewhere",
        "NotHere",
        "OutputProfile",
        "Package",
        "Unread",
        "open",
    },
    "playlists": {
        "CompositionPlaylist",
        "CompositionTimecode",
        "EssenceDescriptor",
        "PlayedMarker",
        "PlayedResource",
        "PlayedSegment",
        "Sequence",
        "Source",
        "Target",
    },
    "reports": {"Finding", "Profile", "Report", "verify"},
    "rulebook": {"Rule", "rules"},
    "tables": {"Tables"},
}
_HOME = {name: home for home, names in _HOMES.items() for name in names}

__all__ = [
    "CREATOR",
    "Asset",
    "AssetMap",
    "Change",
    "Chunk",
    "Composition",
    "CompositionPlaylist",
    "CompositionTimecode",
    "Content",
    "ContentVersion",
    "Difference",
    "Document",
    "DocumentFacts",
    "Elsewhere",
    "EssenceDescriptor",
    "Finding",
    "ImfBody",
    "ImfOrder",
    "LeftOut",
    "Locale",
    "Made",
    "MadeAsset",
    "MappedAsset",
    "Marker",
    "NotHere",
    "OutputProfile",
    "OutputProfileList",
    "Package",
    "PackedAsset",
    "PackingList",
    "PlayedMarker",
    "PlayedResource",
    "PlayedSegment",
    "Problem",
    "Profile",
    "Report",
    "Resource",
    "Rule",
    "Segment",
    "Sequence",
    "Source",
    "StartTimecode",
    "Tables",
    "Target",
    "Unknown",
    "Unread",
    "VirtualTrack",
    "VolumeIndex",
    "delivery",
    "diff",
    "make",
    "open",
    "read",
    "rules",
    "timeline",
    "verify",
]

# Hidden from type checkers, for which every misspelt name would else be there.
if not TYPE_CHECKING:  # pragma: no branch  (true whenever it runs)

    def __getattr__(name: str) -> object:
        """Load a public name from the module that has it, and keep it."""
        from importlib import import_module  # noqa: PLC0415  (not needed once all are loaded)

        if name not in _HOME:
            raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
        home = import_module(f"{__name__}.{_HOME[name]}")
        return globals().setdefault(name, getattr(home, name))

    def __dir__() -> list[str]:
        """Name what can be had, loaded or not: charts only with the extra that draws them."""
        from importlib.util import find_spec  # noqa: PLC0415  (rarely asked)

        names = {*globals(), *__all__}
        return sorted(names if find_spec("altair") else names - {"timeline"})
