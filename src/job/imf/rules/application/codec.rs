//! How the picture is coded: JPEG 2000, in which profile, and of which size.

use super::super::Sink;
use super::super::descriptor::{Descriptor, same_label};
use super::edition::Edition;
use super::image::Image;
use crate::format::mxf::model::Ul;

/// The start of all labels of JPEG 2000; the last two bytes are the profile.
const JPEG_2000: Ul = Ul([6, 0x0e, 0x2b, 0x34, 4, 1, 1, 7, 4, 1, 2, 2, 3, 1, 0, 0]);

/// A family of profiles.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Profile {
    Broadcast,
    Imf2K,
    Imf4K,
    Imf8K,
    HighThroughput,
}

/// Judge the coding of a picture.
pub(super) fn check(
    edition: Edition,
    descriptor: Descriptor<'_>,
    image: &Image,
    findings: &mut Sink<'_>,
) {
    let name = "PictureCompression";
    let mut say = |rule, message| findings.say(rule, descriptor.place(name), None, message);
    let Some(profile) = coding(descriptor) else {
        let message = match descriptor.text(name) {
            Some(text) => format!("{name} is `{text}`, no label of JPEG 2000"),
            None => format!("no {name}"),
        };
        return say("application.codec", message);
    };
    match family(profile).filter(|family| allowed(edition).contains(family)) {
        None => {
            let label = descriptor.text(name).unwrap_or_default();
            say("application.j2k-profile", format!("{edition} has no profile `{label}`"));
        }
        Some(Profile::HighThroughput) => {
            let reason = "parameters of high-throughput JPEG 2000".to_owned();
            findings.not_checked(Some(descriptor.place(name)), reason);
        }
        Some(family) => size(family, descriptor, image, findings),
    }
}

/// The two bytes of the profile; `None` for another coding.
fn coding(descriptor: Descriptor<'_>) -> Option<(u8, u8)> {
    let label = descriptor.label("PictureCompression")?;
    let mut node = label;
    (node.0[14], node.0[15]) = (0, 0);
    same_label(node, JPEG_2000).then_some((label.0[14], label.0[15]))
}

/// Main and sub levels as the last byte counts them: each main level begins with sub level 0, which is of the
/// reversible profiles alone.
///
/// Source: Photon, `JPEG2000`.
const REVERSIBLE: [u8; 10] = [0x02, 0x04, 0x06, 0x08, 0x0b, 0x0f, 0x14, 0x1a, 0x21, 0x29];

fn family((group, level): (u8, u8)) -> Option<Profile> {
    let is_reversible = REVERSIBLE.contains(&level);
    let is_lossy = |last: u8| (0x03..=last).contains(&level) && !is_reversible;
    match group {
        1 if (0x11..=0x17).contains(&level) => Some(Profile::Broadcast),
        2 if is_lossy(0x13) => Some(Profile::Imf2K),
        3 if is_lossy(0x20) => Some(Profile::Imf4K),
        4 if is_lossy(0x31) => Some(Profile::Imf8K),
        5 if is_reversible && level <= 0x0f => Some(Profile::Imf2K),
        6 if is_reversible && level <= 0x1a => Some(Profile::Imf4K),
        7 if is_reversible => Some(Profile::Imf8K),
        8 if level == 1 => Some(Profile::HighThroughput),
        _ => None,
    }
}

/// Source: the validators of Photon, one for each edition; for application 2 that of an earlier one.
fn allowed(edition: Edition) -> &'static [Profile] {
    use Profile::{Broadcast, HighThroughput, Imf2K, Imf4K, Imf8K};
    match edition {
        Edition::Two | Edition::Extended2014 => &[Broadcast],
        Edition::Extended2016 | Edition::Extended2020 => &[Broadcast, Imf2K, Imf4K],
        Edition::Extended2021 => &[Broadcast, Imf2K, Imf4K, HighThroughput],
        Edition::Extended5 => &[Broadcast, Imf2K, Imf4K, Imf8K, HighThroughput],
        Edition::Aces => &[],
    }
}

/// Source: the same.
fn size(family: Profile, descriptor: Descriptor<'_>, image: &Image, findings: &mut Sink<'_>) {
    let (name, narrower, widest, highest) = match family {
        Profile::Broadcast => ("broadcast", 0, 3840, 2160),
        Profile::Imf2K => ("IMF 2K", 0, 2048, 1556),
        Profile::Imf4K => ("IMF 4K", 2048, 4096, 3112),
        Profile::Imf8K => ("IMF 8K", 4096, 8192, 6224),
        Profile::HighThroughput => return,
    };
    let Image { width, height, .. } = *image;
    let is_known = width > 0 && height > 0;
    if is_known && !(width > narrower && width <= widest && height <= highest) {
        let message = format!(
            "{width}x{height} in the {name} profile, which is for widths of {} to {widest} and heights to {highest}",
            narrower + 1
        );
        let at = descriptor.place("PictureCompression");
        findings.say("application.j2k-size", at, None, message);
    }
}
