//! Whether the samples of a track lie where there is media data.

use std::io::{Read, Seek};

use super::atom::{Atom, first};
use super::chunk::{Lengths, lies_in};
use super::model::Track;
use super::number::{u32_at, u64_at};
use super::reader::Reader;
use super::{Fault, Reason, table};

/// Hold each run of samples against the media data; the first that does not lie in it is a fault.
///
/// `stsc` and `stsz` are held in memory meanwhile, as large as they are.
pub(super) fn check<R: Read + Seek>(
    reader: &mut Reader<'_, R>,
    atoms: &[Atom],
    track: &Track,
) -> Result<(), Fault> {
    let long = first(atoms, *b"co64");
    let Some(chunks) = first(atoms, *b"stco").or(long).filter(|_| track.chunks.count > 0) else {
        return Ok(());
    };
    let stsc = first(atoms, *b"stsc").ok_or_else(|| chunks.fault(Reason::Missing("stsc")))?;
    let runs = reader.body(stsc, u64::MAX)?.to_vec();
    let sizes = first(atoms, *b"stsz").map(|stsz| reader.body(stsz, u64::MAX).map(<[u8]>::to_vec));
    let sizes = sizes.transpose()?;
    let lengths = Lengths::new(&runs, sizes.as_deref()).ok_or_else(|| stsc.fault(Reason::Runs))?;
    described(&lengths, track).map_err(|reason| stsc.fault(reason))?;
    let wrong = if chunks.kind == b"co64" {
        run::<8, R>(reader, chunks, lengths)?
    } else {
        run::<4, R>(reader, chunks, lengths)?
    };
    wrong.map_or(Ok(()), |reason| Err(chunks.fault(reason)))
}

/// Each run has to be of a description that is there, where there is any.
fn described(lengths: &Lengths<'_>, track: &Track) -> Result<(), Reason> {
    let (number, count) = (lengths.description(), track.entry_count);
    if count == 0 || (1..=count).contains(&number.into()) {
        return Ok(());
    }
    Err(Reason::Description { number, count })
}

/// What is wrong with the first run that is wrong.
fn run<const N: usize, R: Read + Seek>(
    reader: &mut Reader<'_, R>,
    chunks: &Atom,
    mut lengths: Lengths<'_>,
) -> Result<Option<Reason>, Fault> {
    let range = table::room(reader, chunks, N as u64)?;
    let (media, size) = (std::mem::take(&mut reader.media), reader.size());
    let mut wrong = None;
    let read = reader.entries(range, |entry: &[u8; N]| {
        let short = || u32_at(entry, 0).map(u64::from);
        let (at, len) = (u64_at(entry, 0).or_else(short).unwrap_or(0), lengths.next());
        if wrong.is_none() && !lies_in(&media, at, len) {
            let is_beyond = at.checked_add(len).is_none_or(|end| end > size) || at >= size;
            let outside = Reason::Outside { at, len };
            wrong = Some(if is_beyond { outside } else { Reason::Elsewhere { at, len } });
        }
    });
    reader.media = media;
    read?;
    let left = lengths.left();
    Ok(wrong.or((left > 0).then_some(Reason::Unplaced(left))))
}
