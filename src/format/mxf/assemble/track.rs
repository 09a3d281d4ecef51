//! Tracks.

use super::definition;
use crate::format::mxf::model::{Timecode, Track};
use crate::format::mxf::set::Set;
use crate::format::mxf::value::rational;
use crate::format::mxf::{Fault, label};

/// A track. Its length and what it holds are those of its segment, mostly a sequence of clips.
pub(super) fn read(set: &Set<'_>) -> Result<Track, Fault> {
    let segment = set.reference(label::TRACK_SEGMENT)?;
    let length = segment.map(|set| set.array(label::COMPONENT_LENGTH)).transpose()?.flatten();
    Ok(Track {
        id: set.array(label::TRACK_ID)?.map(u32::from_be_bytes),
        name: set.text(label::TRACK_NAME),
        edit_rate: set.array(label::EDIT_RATE)?.map(rational),
        origin: set.array(label::ORIGIN)?.map(i64::from_be_bytes),
        // -1 where it is not known yet.
        duration: length.and_then(|length| u64::try_from(i64::from_be_bytes(length)).ok()),
        kind: label::track_kind(definition(segment)?),
        timecode: segment.map(timecode).transpose()?.flatten(),
    })
}

/// The time code that a segment is, or that its first component is.
fn timecode(segment: Set<'_>) -> Result<Option<Timecode>, Fault> {
    let first = segment.first_reference(label::COMPONENTS)?;
    let Some(set) =
        [Some(segment), first].into_iter().flatten().find(|set| set.is(label::TIMECODE))
    else {
        return Ok(None);
    };
    let start = set.array(label::START_TIMECODE)?.map(i64::from_be_bytes);
    let base = set.array(label::FRAMES_PER_SECOND)?.map(u16::from_be_bytes);
    let drop_frame = set.array(label::DROP_FRAME)?.is_some_and(|[flag]: [u8; 1]| flag != 0);
    Ok(start.zip(base).map(|(start, base)| Timecode { start, base, drop_frame }))
}
