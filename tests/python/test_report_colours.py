"""The colours of the states: for every kind of sight, and for the letters on them."""

from __future__ import annotations

from itertools import combinations

import pytest
from reelpack.report.states import STATES

Vector = tuple[float, float, float]
Matrix = tuple[Vector, Vector, Vector]

# Machado, Oliveira and Fernandes, "A Physiologically-based Model for Simulation of Color Vision
# Deficiency" (2009), at full severity, on linear RGB.
SIGHTS: dict[str, Matrix] = {
    "all colours": ((1, 0, 0), (0, 1, 0), (0, 0, 1)),
    "protanopia": (
        (0.152286, 1.052583, -0.204868),
        (0.114503, 0.786281, 0.099216),
        (-0.003882, -0.048116, 1.051998),
    ),
    "deuteranopia": (
        (0.367322, 0.860646, -0.227968),
        (0.280085, 0.672501, 0.047413),
        (-0.011820, 0.042940, 0.968881),
    ),
    "tritanopia": (
        (1.255528, -0.076749, -0.178779),
        (-0.078411, 0.930809, 0.147602),
        (0.004733, 0.691367, 0.303900),
    ),
}

# sRGB to CIE XYZ, and the white it is seen against (IEC 61966-2-1).
TO_XYZ: Matrix = (
    (0.4124, 0.3576, 0.1805),
    (0.2126, 0.7152, 0.0722),
    (0.0193, 0.1192, 0.9505),
)
WHITE: Vector = (0.9505, 1.0, 1.0890)


@pytest.mark.parametrize("sight", SIGHTS)
@pytest.mark.parametrize("mode", ["colour", "dark"])
def test_two_states_never_look_alike(sight: str, mode: str) -> None:
    seen = {name: lab(getattr(state, mode), SIGHTS[sight]) for name, state in STATES.items()}

    distances = {
        (one, other): sum((a - b) ** 2 for a, b in zip(seen[one], seen[other], strict=True)) ** 0.5
        for one, other in combinations(STATES, 2)
    }
    # CIE 1976: 2.3 is just seen; ten times that is another colour.
    assert min(distances.values()) > 20, min(distances.items(), key=lambda item: item[1])


@pytest.mark.parametrize("name", STATES)
def test_a_letter_can_be_read_on_its_cell(name: str) -> None:
    state = STATES[name]

    # WCAG 2.1, success criterion 1.4.3.
    assert contrast(state.colour, state.ink) >= 4.5
    assert contrast(state.dark, state.dark_ink) >= 4.5


def contrast(one: str, other: str) -> float:
    """The contrast ratio of WCAG 2.1."""
    low, high = sorted(times(TO_XYZ, linear(colour))[1] for colour in (one, other))
    return (high + 0.05) / (low + 0.05)


def lab(colour: str, sight: Matrix) -> Vector:
    """CIE L*a*b* of a colour as it is seen."""
    seen = times(sight, linear(colour))
    xyz = times(TO_XYZ, (clip(seen[0]), clip(seen[1]), clip(seen[2])))
    x, y, z = (
        part ** (1 / 3) if part > 216 / 24389 else (24389 / 27 * part + 16) / 116
        for part in (value / white for value, white in zip(xyz, WHITE, strict=True))
    )
    return 116 * y - 16, 500 * (x - y), 200 * (y - z)


def linear(colour: str) -> Vector:
    """The light of ``#rrggbb`` (IEC 61966-2-1)."""
    red, green, blue = (
        value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4
        for value in (int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5))
    )
    return red, green, blue


def times(matrix: Matrix, vector: Vector) -> Vector:
    first, second, third = (sum(a * b for a, b in zip(row, vector, strict=True)) for row in matrix)
    return first, second, third


def clip(value: float) -> float:
    return min(1.0, max(0.0, value))
