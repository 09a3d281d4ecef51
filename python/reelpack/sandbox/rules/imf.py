"""Rules of IMF deliveries."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from reelpack.sandbox.rules.book import Rule
from reelpack.sandbox.values import SourceType

if TYPE_CHECKING:
    from reelpack.sandbox.imf import Composition
    from reelpack.sandbox.rules.deliveries import DeliveryCase

__all__ = ["IMF_RULES", "CompositionCase"]

# What is held to the rules of a composition; those of `startImfDelivery` are of its tracks.
COMPOSITION = "startImfDelivery/composition"


@dataclass(frozen=True, slots=True)
class CompositionCase:
    """The XML of a package.

    Attributes:
        composition: What was found in it.
    """

    composition: Composition


def _xml(case: CompositionCase) -> str | None:
    """Want XML that can be read."""
    return case.composition.fault


def _identified(case: CompositionCase) -> str | None:
    """Want to know the playlist."""
    if case.composition.fault is not None or case.composition.playlist_id:
        return None
    return "compositionPlaylistXml: there is no Id in the composition playlist"


def _muxed(case: DeliveryCase) -> str | None:
    """Want a request that IMF packages go to."""
    if case.request.source_type == SourceType.AV_MUXED:
        return None
    return f"an IMF package goes to a request for AV_MUXED; this one is {case.request.source_type}"


def _language(case: DeliveryCase) -> str | None:
    """Want the language of the request."""
    given = case.track.language_code if case.track else None
    asked = case.request.language
    wanted = case.request.package.title.original_language if asked == "*" else asked
    if given is None or given == wanted:
        return None
    return f"the language of the track is {given}, that of the request {wanted}"


IMF_RULES = (
    Rule(
        name="imf-readable",
        operations=(COMPOSITION,),
        says="the three XML texts of a package are well-formed",
        evidence="assumed",
        source="change-log",
        breach=_xml,
    ),
    Rule(
        name="imf-playlist-id",
        operations=(COMPOSITION,),
        says="the composition playlist has an id",
        evidence="assumed",
        source="change-log",
        breach=_identified,
    ),
    Rule(
        name="imf-to-muxed",
        operations=("startImfDelivery",),
        says="an IMF package goes to the AV (Muxed) request",
        evidence="public-page",
        source="imf",
        breach=_muxed,
    ),
    Rule(
        name="imf-language",
        operations=("startImfDelivery",),
        says="the language equals that of the request, where * is the original language",
        evidence="public-page",
        source="imf",
        breach=_language,
    ),
)
