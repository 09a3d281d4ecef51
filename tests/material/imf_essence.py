"""Descriptors of essence for tests: as sets of an MXF file, and as RegXML of a playlist."""

from __future__ import annotations

import uuid
from fractions import Fraction
from xml.sax.saxutils import escape

from material.mxf import REGISTER, Essence, Set

GROUPS = "http://www.smpte-ra.org/reg/395/2014/13/1/aaf"
PROPERTIES = "http://www.smpte-ra.org/reg/335/2012"
TYPES = "http://www.smpte-ra.org/reg/2003/2012"

J2K = "060e2b34.0401010d.0d010301.020c0600"
PCM = "060e2b34.04010101.0d010301.02060200"
LAYOUT = [("CompLuma", 10), ("CompColorDifferenceU", 10), ("CompColorDifferenceV", 10)]
CHANNELS = {1: ("chL", "Left"), 2: ("chR", "Right")}
FRAME = 4000
"""Bytes of a frame in the file, with its key and length."""


def image(duration: int, *, rate: Fraction = Fraction(24), seed: int = 1) -> Essence:
    """High definition in JPEG 2000, 10 bit 4:2:2; the bytes of its frames are of no use."""
    code = Set(
        "JPEG2000SubDescriptor",
        {
            "Rsiz": 1090,
            "Xsiz": 1920,
            "Ysiz": 1080,
            "XOsiz": 0,
            "YOsiz": 0,
            "XTsiz": 1920,
            "YTsiz": 1080,
            "XTOsiz": 0,
            "YTOsiz": 0,
            "Csiz": 3,
            "PictureComponentSizing": [(9, 1, 1), (9, 2, 1), (9, 2, 1)],
            "CodingStyleDefault": "01040001010502030000777888888888",
            "QuantizationDefault": "227f187f007f007ebc76ea76ea76bc6f4c6f4c6f64580358",
            "J2CLayout": LAYOUT,
        },
        _id("code", seed),
    )
    described = Set(
        "CDCIDescriptor",
        {
            "SubDescriptors": [code],
            "LinkedTrackID": 2,
            "SampleRate": rate,
            "EssenceLength": duration,
            "ContainerFormat": J2K,
            "FrameLayout": "FullFrame",
            "StoredWidth": 1920,
            "StoredHeight": 1080,
            "ImageAspectRatio": Fraction(16, 9),
            "VideoLineMap": [42, 0],
            "TransferCharacteristic": "060e2b34.04010101.04010101.01020000",
            "PictureCompression": "060e2b34.0401010d.04010202.03010203",
            "CodingEquations": "060e2b34.04010101.04010101.02020000",
            "ColorPrimaries": "060e2b34.04010106.04010101.03030000",
            "ComponentDepth": 10,
            "HorizontalSubsampling": 2,
            "VerticalSubsampling": 1,
            "ColorSiting": "CoSiting",
            "BlackRefLevel": 64,
            "WhiteRefLevel": 940,
            "ColorRange": 897,
        },
        _id("image", seed),
    )
    return Essence(
        described,
        rate,
        duration,
        J2K,
        "060e2b34.01020101.0d010301.15010801",
        "060e2b34.04010101.01030202.01000000",
        FRAME,
        clip_wrapped=False,
        seed=seed,
    )


def sound(samples: int, *, language: str = "en-US", seed: int = 2) -> Essence:
    """Two channels of PCM, 24 bit at 48 kHz."""
    group_link = _id("link", seed)
    described = Set(
        "WAVEPCMDescriptor",
        {
            "SubDescriptors": [
                _group(group_link, language, seed),
                _channel(1, group_link, language, seed),
                _channel(2, group_link, language, seed),
            ],
            "LinkedTrackID": 2,
            "SampleRate": Fraction(48000),
            "EssenceLength": samples,
            "ContainerFormat": PCM,
            "AudioSampleRate": Fraction(48000),
            "ChannelCount": 2,
            "QuantizationBits": 24,
            "BlockAlign": 6,
            "AverageBytesPerSecond": 288000,
            "ChannelAssignment": "060e2b34.0401010d.04020210.04010000",
        },
        _id("sound", seed),
    )
    return Essence(
        described,
        Fraction(48000),
        samples,
        PCM,
        "060e2b34.01020101.0d010301.16010201",
        "060e2b34.04010101.01030202.02000000",
        6,
        clip_wrapped=True,
        seed=seed,
    )


def _group(link: uuid.UUID, language: str, seed: int) -> Set:
    values = {
        "MCALabelDictionaryID": "060e2b34.0401010d.03020220.00000000",
        "MCALinkID": link,
        "MCATagSymbol": "sgST",
        "MCATagName": "Standard Stereo",
        "RFC5646SpokenLanguage": language,
        "MCATitle": "Example",
        "MCATitleVersion": "Original",
        "MCAAudioContentKind": "PRM",
        "MCAAudioElementKind": "FCMP",
    }
    return Set("SoundfieldGroupLabelSubDescriptor", values, _id("group", seed))


def _channel(number: int, group: uuid.UUID, language: str, seed: int) -> Set:
    symbol, name = CHANNELS[number]
    values = {
        "MCALabelDictionaryID": f"060e2b34.0401010d.030201{number:02x}.00000000",
        "MCALinkID": _id(f"channel link {number}", seed),
        "MCATagSymbol": symbol,
        "MCATagName": name,
        "MCAChannelID": number,
        "RFC5646SpokenLanguage": language,
        "SoundfieldGroupLinkID": group,
    }
    return Set("AudioChannelLabelSubDescriptor", values, _id(f"channel {number}", seed))


def regxml(one: Set) -> str:
    """A descriptor as it stands in a playlist."""
    inside = "".join(
        f"<p:{name}>{_text(REGISTER[name][2], value)}</p:{name}>"
        for name, value in {"InstanceID": one.id, **one.values}.items()
    )
    spaces = f'xmlns:g="{GROUPS}" xmlns:p="{PROPERTIES}" xmlns:t="{TYPES}"'
    return f"<g:{one.name} {spaces}>{inside}</g:{one.name}>"


def _text(kind: str, value: object) -> str:  # noqa: PLR0911  (a table)
    """A value as RegXML has it."""
    match kind, value:
        case "ul", str():
            return f"urn:smpte:ul:{value}"
        case _, uuid.UUID():
            return value.urn
        case "rate", Fraction():
            return f"{value.numerator}/{value.denominator}"
        case "sets", list():
            return "".join(map(regxml, value))
        case "i32s", list():
            return "".join(f"<t:Int32>{each}</t:Int32>" for each in value)
        case "sizing", list():
            return "".join(
                f"<t:J2KComponentSizing><t:Ssiz>{a}</t:Ssiz><t:XRSiz>{b}</t:XRSiz>"
                f"<t:YRSiz>{c}</t:YRSiz></t:J2KComponentSizing>"
                for a, b, c in value
            )
        case "layout", list():
            padded = value + [("CompNull", 0)] * (8 - len(value))
            return "".join(
                f"<t:RGBAComponent><t:Code>{code}</t:Code>"
                f"<t:ComponentSize>{size}</t:ComponentSize></t:RGBAComponent>"
                for code, size in padded
            )
    return escape(str(value))


def _id(what: str, seed: int) -> uuid.UUID:
    """An id that is the same each time."""
    return uuid.uuid5(uuid.NAMESPACE_OID, f"{what} {seed}")
