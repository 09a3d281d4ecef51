"""Labels: judged by two readers of bar codes, by the text of the PDFs, and by their sizes."""

from __future__ import annotations

import importlib
import itertools
import os
import string
import sys
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import reelpack
import reportlab
from hypothesis import given
from hypothesis import strategies as st
from material import lto as material
from PIL import Image
from reelpack import lto
from reelpack.lto import code39, outsides, sheets
from reelpack.lto.barcodes import check_show_code, fault, numbered

BARCODES = [f"ABC{number:03}L8" for number in range(1, 31)]
OUTSIDE = lto.Outside(("Archive Ltd", "1 Some Street"), ("Post House", "Berlin"), ("Fragile",))
TAPE = lto.Tape(
    "ABC001L8",
    ("2023-05-10 Day05", "2023-05-11 Day06"),
    "2023-05-12",
    ("A001", "A002", "A003", "B001"),
    ("S001",),
    box=1,
)


def shipment(*tapes: lto.Tape, **about: str) -> lto.Shipment:
    """A shipment that nobody wrote to disk."""
    plain: dict[str, Any] = {
        "production_company": "Müller & Co",
        "title": "Northern Lights",
        "security_title": "",
        "movie_id": "80123456",
        "received": "",
    }
    return lto.Shipment(
        path="shipment",
        show_code="ABC",
        set="primary",
        primary=None,
        tapes=tapes or (TAPE,),
        boxes=(lto.Box(1, 4.2, (400.0, 300.0, 250.0)),),
        outside=OUTSIDE,
        **plain | about,
    )


def saved(folder: Path, content: bytes) -> Path:
    """Write a PDF."""
    path = folder / "labels.pdf"
    path.write_bytes(content)
    return path


@pytest.mark.slow
@pytest.mark.parametrize("name", list(lto.SPINES))
def test_two_readers_find_each_barcode_as_it_was_meant(tmp_path: Path, name: str) -> None:
    pdf = saved(tmp_path, lto.spine_labels(BARCODES, lto.SPINES[name]))

    found = [
        (material.zbar(page), material.zxing(page)) for page in material.pages(pdf, tmp_path / "p")
    ]

    wanted = sorted(f"CODE-39:{barcode}" for barcode in BARCODES)
    assert sorted(itertools.chain(*(each for each, _ in found))) == wanted
    assert sorted(itertools.chain(*(each for _, each in found))) == wanted


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(2))
def test_two_readers_find_them_in_a_noisy_picture_too(tmp_path: Path, seed: int) -> None:
    pdf = saved(tmp_path, lto.spine_labels(BARCODES[:28], lto.SPINES["a4"]))
    (page,) = material.pages(pdf, tmp_path / "p")

    spoilt = material.noisy(page, seed=seed)

    wanted = sorted(f"CODE-39:{barcode}" for barcode in BARCODES[:28])
    assert material.zbar(spoilt) == wanted
    assert material.zxing(spoilt) == wanted
    # zbar gives up on noise that no lens has softened.
    assert material.zxing(material.noisy(page, seed=seed, noise=40, lens=0)) == wanted


@pytest.mark.slow
def test_every_letter_and_digit_is_read_back(tmp_path: Path) -> None:
    every = string.ascii_uppercase + string.digits
    volumes = [every[at : at + 6] for at in range(0, 36, 6)]
    barcodes = [f"{volume}{medium}" for volume in volumes for medium in lto.MEDIA][:28]
    pdf = saved(tmp_path, lto.spine_labels(barcodes, lto.SPINES["a4"]))
    (page,) = material.pages(pdf, tmp_path / "p")

    assert material.zbar(page) == sorted(f"CODE-39:{barcode}" for barcode in barcodes)


def test_bars_have_the_widths_and_heights_of_the_vendors(tmp_path: Path) -> None:
    dpi = 1200
    pdf = saved(tmp_path, lto.spine_labels(["ABC001L8"], lto.SPINES["printer"]))
    (page,) = material.pages(pdf, tmp_path / "p", dpi=dpi)
    with Image.open(page) as picture:
        black = np.asarray(picture.convert("L")) < 128
        assert picture.width * 25.4 / dpi == pytest.approx(79.5, abs=0.05)

    # A row through the bars, below the letters.
    row = black[int(black.shape[0] * 0.6)]
    edges = np.flatnonzero(np.diff(row.astype(int)))
    widths = np.diff(edges) * 25.4 / dpi
    column = black[:, edges[0] + 1]

    narrow, wide = widths[widths < 0.8], widths[widths >= 0.8]
    # Ten characters of nine elements, and nine gaps.
    assert len(widths) == 10 * 9 + 9
    assert len(wide) == 10 * 3
    assert narrow.mean() == pytest.approx(0.423, abs=0.005)
    assert wide.mean() / narrow.mean() == pytest.approx(2.75, abs=0.03)
    assert column.sum() * 25.4 / dpi >= 11.1
    assert edges[0] * 25.4 / dpi >= 4.23
    assert (len(row) - edges[-1]) * 25.4 / dpi >= 4.23


def test_each_character_has_three_wide_elements_and_no_two_are_alike() -> None:
    characters = f"{string.ascii_uppercase}{string.digits}-. $/+%"

    drawn = {code39.bars(character) for character in characters}

    assert len(drawn) == len(characters) == 43
    assert {round(code39.width(character), 6) for character in characters} == {
        round((3 * 14.25 + 2) * 0.423, 6)
    }


@pytest.mark.parametrize("text", ["abc", "A*B", "Ä"])
def test_what_code_39_does_not_have_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="Code 39 has no"):
        code39.bars(text)


@pytest.mark.parametrize(
    ("barcode", "why"),
    [
        ("ABC001L", "7 characters"),
        ("ABC001L88", "9 characters"),
        ("abc001L8", "A to Z"),
        ("ABC-01L8", "A to Z"),
        ("ABC001L5", "L5"),
        ("ABC001LY", "LY"),
        ("CLN001L8", "cleaning"),
        ("ÄBC001L8", "A to Z"),
        ("ABC\u0660\u0660\u0661L8", "A to Z"),
    ],
)
def test_a_barcode_that_is_none_is_refused_with_the_reason(barcode: str, why: str) -> None:
    with pytest.raises(reelpack.LtoError, match=why):
        lto.spine_labels([barcode], lto.SPINES["a4"])


@given(st.text(max_size=10))
def test_what_has_no_fault_is_a_barcode(text: str) -> None:
    if fault(text) is None:
        assert str(lto.Barcode.parse(text)) == text
        assert set(text) <= set(string.ascii_uppercase + string.digits)
    else:
        with pytest.raises(ValueError, match="barcode"):
            lto.Barcode.parse(text)


def test_numbers_have_three_digits() -> None:
    assert str(numbered("ABC", 7, "M8")) == "ABC007M8"
    assert numbered("ABC", 7, "M8").medium.native == 9 * 10**12
    for number in (0, 1000):
        with pytest.raises(ValueError, match="three digits"):
            numbered("ABC", number, "L8")
    with pytest.raises(ValueError, match="none of"):
        numbered("ABC", 1, "L5")


@pytest.mark.parametrize("code", ["AB", "ABCD", "abc", "A1C", "CLN", "LTO", ""])
def test_a_show_code_is_three_letters_of_its_own(code: str) -> None:
    with pytest.raises(ValueError, match="show code"):
        check_show_code(code)


def test_the_label_of_a_case_has_all_fields(tmp_path: Path) -> None:
    pdf = saved(tmp_path, lto.case_labels(shipment(), lto.CASES["printer"]))

    said = " ".join(material.text(pdf).split())

    assert said == (
        "Production Company Müller & Co Title Northern Lights Tape 1 of 1 "
        "Shoot Date/Day 2023-05-10 Day05, 2023-05-11 Day06 Transfer Date 2023-05-12 "
        "Camera Rolls A001-A003, B001 Sound Rolls S001 LTO Barcode # ABC001L8"
    )


def test_the_security_title_stands_for_the_title(tmp_path: Path) -> None:
    known = shipment(security_title="Blue Harvest")

    said = material.text(saved(tmp_path, lto.case_labels(known, lto.CASES["printer"])))

    assert "Blue Harvest" in said
    assert "Security Title" in said
    assert "Northern" not in said


def test_the_outside_of_a_box_has_no_title_and_no_studio(tmp_path: Path) -> None:
    known = shipment(security_title="Blue Harvest")

    said = material.text(saved(tmp_path, lto.outside_labels(known, lto.OUTSIDES["a4"])))

    assert "ABC" in said
    assert "box 1 of 1" in said
    assert "4.2 kg" in said
    assert "400 x 300 x 250 mm" in said
    assert "Archive Ltd" in said
    for banned in ("netflix", "northern", "lights", "blue", "harvest"):
        assert banned not in said.lower()


@pytest.mark.parametrize(
    "line",
    [
        "Netflix",
        "c/o NETFLIX Studio",
        "N e t f l i x",
        "netflixarchive",
        "Northern Lights",
        "NORTHERN-LIGHTS tapes",
        "northernlights",
        "Nörthern Lights",
        "Blue Harvest S01",
        "Nеtflix",  # noqa: RUF001  (a letter of Cyrillic)
        "Νetflix",  # noqa: RUF001  (a letter of Greek)
        "Netfl\u0131x",
        "N3TFL1X",
        "Net\u200bflix",
    ],
)
def test_a_box_with_a_banned_word_gets_no_label(line: str) -> None:
    outside = lto.Outside(to=(line,))
    known = replace(shipment(security_title="Blue Harvest"), outside=outside)

    with pytest.raises(reelpack.LtoError, match="outside") as caught:
        lto.outside_labels(known, lto.OUTSIDES["a4"])

    assert caught.value.key == "outside"


@pytest.mark.parametrize(
    ("title", "line"), [("Up", "UPS depot"), ("It", "Italy"), ("", "anything"), ("...", "...")]
)
def test_a_short_title_is_not_found_within_other_words(title: str, line: str) -> None:
    known = replace(shipment(title=title), outside=lto.Outside(notes=(line,)))

    assert lto.forbidden(known) == []


@pytest.mark.parametrize(
    ("title", "outside"),
    [
        ("Grey Heron", lto.Outside(to=("Grey", "Heron"))),
        ("Grey Heron", lto.Outside(to=("To Grey",), sender=("Heron Ltd",))),
        ("The Heron", lto.Outside(notes=("Heron tapes",))),
    ],
)
def test_a_title_is_found_over_lines_and_without_its_article(
    title: str, outside: lto.Outside
) -> None:
    known = replace(shipment(title=title), outside=outside)

    assert [what for _, what in lto.forbidden(known)] == ["the title"]


def test_a_barcode_that_is_there_twice_gets_no_label() -> None:
    with pytest.raises(reelpack.LtoError, match="ABC001L8 is there twice"):
        lto.spine_labels(["ABC001L8", "ABC001L8"], lto.SPINES["a4"])
    known = shipment()
    known = replace(known, tapes=(known.tapes[0], known.tapes[0]))
    with pytest.raises(reelpack.LtoError, match="is there twice"):
        lto.case_labels(known, lto.CASES["a4"])


def test_a_pipe_is_no_font(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "font.ttf")

    with pytest.raises(reelpack.LtoError, match="no regular file"):
        lto.spine_labels(["ABC001L8"], lto.SPINES["a4"], font=tmp_path / "font.ttf")


def test_a_show_code_that_is_the_title_is_no_code() -> None:
    assert outsides.forbidden(shipment(title="Abc"))


def test_a_text_that_cannot_be_drawn_is_an_error() -> None:
    known = shipment(production_company="東京")

    with pytest.raises(reelpack.LtoError, match="font has no"):
        lto.case_labels(known, lto.CASES["a4"])


def test_a_text_that_does_not_fit_is_an_error() -> None:
    many = tuple(f"A{number:03}_{number * 7:04}" for number in range(1, 400))

    with pytest.raises(reelpack.LtoError, match="too long"):
        lto.case_labels(shipment(replace(TAPE, camera_rolls=many)), lto.CASES["a4"])


def test_a_file_that_is_no_font_is_an_error(tmp_path: Path) -> None:
    (tmp_path / "font.ttf").write_bytes(b"no font at all")

    with pytest.raises(reelpack.LtoError, match="no TrueType font"):
        lto.spine_labels(["ABC001L8"], lto.SPINES["a4"], font=tmp_path / "font.ttf")


def test_a_font_of_ones_own_is_used_and_embedded(tmp_path: Path) -> None:
    font = Path(reportlab.__file__).parent / "fonts" / "Vera.ttf"

    pdf = saved(tmp_path, lto.case_labels(shipment(), lto.CASES["printer"], font=font))

    assert "Müller" in material.text(pdf)
    assert b"/FontFile2" in pdf.read_bytes()
    with pytest.raises(reelpack.LtoError, match="font has no"):
        lto.case_labels(shipment(production_company="東京"), lto.CASES["printer"], font=font)


def test_a_line_too_long_for_a_box_is_an_error() -> None:
    known = replace(shipment(), outside=lto.Outside(notes=("x" * 300,)))

    with pytest.raises(reelpack.LtoError, match="too long"):
        lto.outside_labels(known, lto.OUTSIDES["printer"])


@pytest.mark.parametrize(
    ("library", "module"),
    [
        ("reportlab.lib.units", "drawing"),
        ("tomlkit", "records"),
        ("xlsxwriter", "workbooks"),
        ("altair", "charts"),
    ],
)
def test_without_a_library_the_message_says_what_to_install(
    monkeypatch: pytest.MonkeyPatch, library: str, module: str
) -> None:
    monkeypatch.setitem(sys.modules, library, None)
    monkeypatch.delitem(sys.modules, f"reelpack.lto.{module}", raising=False)

    with pytest.raises(ImportError, match="pip install reelpack"):
        importlib.import_module(f"reelpack.lto.{module}")


def test_every_public_name_can_be_had_and_no_other() -> None:
    for name in lto.__all__:
        assert getattr(lto, name) is not None
    assert set(lto.__all__) <= set(dir(lto))
    with pytest.raises(AttributeError, match="no attribute"):
        lto.nothing  # type: ignore[attr-defined]  # noqa: B018


def test_the_same_labels_are_the_same_bytes() -> None:
    assert lto.case_labels(shipment(), lto.CASES["a4"]) == lto.case_labels(
        shipment(), lto.CASES["a4"]
    )


def test_labels_that_are_used_up_are_passed_over(tmp_path: Path) -> None:
    pdf = saved(tmp_path, lto.spine_labels(BARCODES[:2], lto.SPINES["a4"], skip=27))

    assert len(material.pages(pdf, tmp_path / "p", dpi=20)) == 2
    with pytest.raises(ValueError, match="skip"):
        lto.spine_labels(BARCODES, lto.SPINES["a4"], skip=28)


def test_no_tape_is_no_label() -> None:
    with pytest.raises(reelpack.LtoError, match="nothing to label"):
        lto.spine_labels([], lto.SPINES["a4"])


def test_a_label_too_small_for_the_bars_is_refused() -> None:
    for size in ((72.0, 17.0), (79.5, 15.0)):
        with pytest.raises(ValueError, match="too small"):
            lto.spine_labels(["ABC001L8"], lto.chosen(lto.SPINES, "printer", label=size))


@pytest.mark.parametrize("name", ["a4", "letter", "printer"])
@pytest.mark.parametrize("kind", [lto.SPINES, lto.CASES, lto.OUTSIDES])
def test_built_in_labels_fit_and_do_not_overlap(kind: dict[str, lto.Sheet], name: str) -> None:
    sheet = kind[name]
    sheet.check()

    places = [sheet.origin(place) for place in range(sheet.count)]

    for (left, top), (right, below) in itertools.combinations(places, 2):
        apart = abs(left - right) >= sheet.label[0] or abs(top - below) >= sheet.label[1]
        assert apart


def test_a_sheet_of_ones_own() -> None:
    sheet = lto.chosen(
        lto.SPINES, "a4", label=(80.0, 18.0), grid=(2, 12), margin=(10.0, 20.0), gap=(5.0, 2.0)
    )

    assert sheet.origin(3) == (95.0, 40.0)
    assert not sheet.marks
    with pytest.raises(ValueError, match="do not fit"):
        lto.chosen(lto.SPINES, "a4", grid=(3, 14))
    with pytest.raises(ValueError, match="none of"):
        lto.chosen(lto.SPINES, "a5")


@pytest.mark.parametrize("text", ["79.5", "x17", "79,5x17", "-1x2", "9999x9999", "1e3x2"])
def test_what_is_no_pair_of_lengths_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="two lengths"):
        sheets.pair(text)


def test_a_title_of_punctuation_is_said_to_be_not_checked(tmp_path: Path) -> None:
    begun = lto.start(tmp_path / "odd", show_code="ABC", title="...")

    reasons = [each.reason for each in lto.check(begun).not_checked]

    assert "whether the title is outside: it has no letter and no digit" in reasons


def test_a_box_beyond_the_count_gets_no_label(tmp_path: Path) -> None:
    shipment = lto.start(tmp_path / "odd", show_code="ABC")
    odd = replace(shipment, boxes=(lto.Box(1), lto.Box(7)))

    with pytest.raises(reelpack.LtoError, match=r"box 7 of 2; hint: count them from 1") as caught:
        lto.outside_labels(odd, lto.OUTSIDES["a4"])

    assert caught.value.key == "boxes"
