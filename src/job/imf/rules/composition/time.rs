//! Time code and running time.

use super::super::Sink;
use super::super::segment::length::composition_length;
use crate::format::imf::Rational;
use crate::format::imf::model::{Composition, CompositionTimecode};
use crate::format::sequence::Rate;
use crate::format::sequence::timecode::Timecode;

/// Judge both.
pub(super) fn check(composition: &Composition, findings: &mut Sink<'_>) {
    let Some(edit_rate) = composition.edit_rate else { return };
    if let Some(timecode) = &composition.timecode {
        rate(timecode, edit_rate, findings);
        start(timecode, edit_rate, findings);
    }
    running_time(composition, edit_rate, findings);
}

/// The whole number of frames that time code counts in a second.
fn rounded(rate: Rational) -> u128 {
    let (above, below) = (u128::from(rate.numerator), u128::from(rate.denominator));
    (above + below / 2) / below
}

fn rate(timecode: &CompositionTimecode, edit_rate: Rational, findings: &mut Sink<'_>) {
    let wanted = rounded(edit_rate);
    if let Some(found) = timecode.rate.filter(|found| u128::from(*found) != wanted) {
        let message = format!("time code counts {found} frames; {edit_rate} is {wanted}, rounded");
        findings.say("cpl.timecode-rate", timecode.at, None, message);
    }
}

fn start(timecode: &CompositionTimecode, edit_rate: Rational, findings: &mut Sink<'_>) {
    let is_drop = timecode.drop_frame == Some(true);
    let Some(written) = &timecode.start else { return };
    let name = format!(
        "{}/{}{}",
        edit_rate.numerator,
        edit_rate.denominator,
        if is_drop { "df" } else { "" }
    );
    let reason = match name.parse::<Rate>() {
        Err(_) if !is_drop => return,
        Err(fault) => fault.to_string(),
        Ok(rate) => match plain(written).parse::<Timecode>().and_then(|it| it.frame(rate)) {
            Ok(_) if hours(written) < 24 => return,
            Ok(_) => format!("{written}: a day has 24 hours"),
            Err(fault) => fault.to_string(),
        },
    };
    findings.say("cpl.timecode-start", timecode.at, None, reason);
}

/// With colons, whatever separates the parts.
fn plain(written: &str) -> String {
    written.chars().map(|one| if one.is_ascii_digit() { one } else { ':' }).collect()
}

fn hours(written: &str) -> u32 {
    written.get(..2).and_then(|hours| hours.parse().ok()).unwrap_or(0)
}

/// Some count seconds of the clock, others of time code, and some round up: all of these are well.
fn running_time(composition: &Composition, edit_rate: Rational, findings: &mut Sink<'_>) {
    let (Some(written), Some(frames)) =
        (&composition.total_running_time, composition_length(composition))
    else {
        return;
    };
    let Some(said) = seconds(written) else { return };
    let frames = u128::from(frames);
    let by_clock = frames * u128::from(edit_rate.denominator) / u128::from(edit_rate.numerator);
    let by_timecode = frames / rounded(edit_rate).max(1);
    if said.abs_diff(by_clock) > 1 && said.abs_diff(by_timecode) > 1 {
        let message =
            format!("total running time is {written}; {frames} edit units are {by_clock} s");
        findings.say("cpl.total-running-time", composition.at, None, message);
    }
}

fn seconds(written: &str) -> Option<u128> {
    let parts: Option<Vec<u32>> = written.split(':').map(|part| part.parse().ok()).collect();
    match parts?.as_slice() {
        &[hours, minutes, seconds] => {
            Some(u128::from(hours) * 3600 + u128::from(minutes) * 60 + u128::from(seconds))
        }
        _ => None,
    }
}
