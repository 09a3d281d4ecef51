//! Systems of colour: primaries, transfer characteristic and coding equations that go together.

use super::super::Sink;
use super::super::descriptor::{Descriptor, same_label};
use crate::format::mxf::model::Ul;

/// A system, as ST 2067-21 counts them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum System {
    /// BT.601 with 625 lines.
    Color1,
    /// BT.601 with 525 lines.
    Color2,
    /// BT.709.
    Color3,
    /// BT.709 with the transfer of xvYCC.
    Color4,
    /// BT.2020.
    Color5,
    /// P3 with the white of D65, and PQ.
    Color6,
    /// BT.2020 with PQ.
    Color7,
    /// BT.2020 with HLG.
    Color8,
}

/// A label of the register of essence: `060e2b34.040101vv.040101kk.nn..0000`, of any version.
const fn label(kind: u8, number: u8) -> Ul {
    Ul([6, 0x0e, 0x2b, 0x34, 4, 1, 1, 0, 4, 1, 1, 1, kind, number, 0, 0])
}

const TRANSFER: u8 = 1;
const EQUATIONS: u8 = 2;
const PRIMARIES: u8 = 3;

/// Primaries, transfer characteristic, coding equations.
///
/// Source: Photon, `Colorimetry`; for HLG imferno, `cpl/types.rs`.
const SYSTEMS: [(System, u8, u8, Option<u8>); 8] = [
    (System::Color1, 2, 2, Some(1)),
    (System::Color2, 1, 2, Some(1)),
    (System::Color3, 3, 2, Some(2)),
    (System::Color4, 3, 8, Some(2)),
    (System::Color5, 4, 9, Some(6)),
    (System::Color6, 6, 0x0a, None),
    (System::Color7, 4, 0x0a, Some(6)),
    (System::Color8, 4, 0x0b, Some(6)),
];

/// The ACES primaries and the linear transfer.
///
/// Source: Photon, `Colorimetry`.
pub(super) const ACES_PRIMARIES: Ul = label(PRIMARIES, 7);
/// See [`ACES_PRIMARIES`].
pub(super) const LINEAR: Ul = label(TRANSFER, 6);

/// The system of a picture; what is not known is said. Equations matter to colour differences alone.
pub(super) fn system(
    descriptor: Descriptor<'_>,
    is_rgb: bool,
    findings: &mut Sink<'_>,
) -> Option<System> {
    let primaries = known(descriptor, PRIMARIES, findings);
    let transfer = known(descriptor, TRANSFER, findings);
    let equations = if is_rgb { None } else { Some(known(descriptor, EQUATIONS, findings)?) };
    let (primaries, transfer) = (primaries?, transfer?);
    let found = SYSTEMS.iter().find(|(_, of_primaries, of_transfer, of_equations)| {
        *of_primaries == primaries
            && *of_transfer == transfer
            && (is_rgb || *of_equations == equations)
    });
    if found.is_none() {
        let message = "primaries, transfer characteristic and equations do not go together";
        findings.say("application.color-system", descriptor.at(), None, message.to_owned());
    }
    found.map(|(system, ..)| *system)
}

/// The number of a label of one kind that a system has.
fn known(descriptor: Descriptor<'_>, kind: u8, findings: &mut Sink<'_>) -> Option<u8> {
    let (name, rule) = match kind {
        PRIMARIES => ("ColorPrimaries", "application.color-primaries"),
        TRANSFER => ("TransferCharacteristic", "application.transfer-characteristic"),
        _ => ("CodingEquations", "application.coding-equations"),
    };
    let found = descriptor.label(name);
    let of_system = |(_, primaries, transfer, equations): &(System, u8, u8, Option<u8>)| match kind
    {
        PRIMARIES => Some(*primaries),
        TRANSFER => Some(*transfer),
        _ => *equations,
    };
    let mut numbers = SYSTEMS.iter().filter_map(of_system);
    let number =
        numbers.find(|number| found.is_some_and(|found| same_label(found, label(kind, *number))));
    if number.is_none() {
        let message = match descriptor.text(name) {
            Some(text) => format!("{name} is `{text}`"),
            None => format!("no {name}"),
        };
        findings.say(rule, descriptor.place(name), None, message);
    }
    number
}

/// For people.
impl std::fmt::Display for System {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            Self::Color1 => "COLOR.1 (BT.601, 625 lines)",
            Self::Color2 => "COLOR.2 (BT.601, 525 lines)",
            Self::Color3 => "COLOR.3 (BT.709)",
            Self::Color4 => "COLOR.4 (xvYCC)",
            Self::Color5 => "COLOR.5 (BT.2020)",
            Self::Color6 => "COLOR.6 (P3 D65, PQ)",
            Self::Color7 => "COLOR.7 (BT.2020, PQ)",
            Self::Color8 => "COLOR.8 (BT.2020, HLG)",
        })
    }
}
