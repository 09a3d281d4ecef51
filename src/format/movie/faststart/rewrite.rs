//! The new header.

use super::super::number::u32_at;
use super::layout::Layout;
use super::offset::Table;
use super::{Header, Tree};

/// Bytes of the new header.
pub(super) fn size(header: &Header<'_>, tables: &[Table]) -> u64 {
    header.moov.end - header.moov.at + tables.iter().map(Table::growth).sum::<u64>()
}

/// `moov` with other offsets.
pub(super) fn header(
    header: &Header<'_>,
    tree: &Tree,
    tables: &[Table],
    layout: &Layout,
) -> Vec<u8> {
    let mut out = Vec::with_capacity(header.bytes.len());
    write(header, tree, tables, layout, &mut out);
    // A header that went up to the end of the file no longer does.
    if let (Some(0), Ok(size)) = (u32_at(&out, 0), u32::try_from(out.len())) {
        out[..4].copy_from_slice(&size.to_be_bytes());
    }
    out
}

fn write(header: &Header<'_>, tree: &Tree, tables: &[Table], layout: &Layout, out: &mut Vec<u8>) {
    let (atom, start) = (&tree.atom, out.len());
    out.extend(header.bytes(atom.at..atom.body));
    if let Ok(n) = tables.binary_search_by_key(&atom.at, |table| table.at) {
        if tables[n].is_wide() {
            out[start + 4..start + 8].copy_from_slice(b"co64");
        }
        tables[n].rewrite(header.body(atom), |old| layout.moved(old), out);
    } else {
        tree.below.iter().for_each(|below| write(header, below, tables, layout, out));
        // All of it, or what is behind the boxes in it.
        let from = tree.below.last().map_or(atom.body, |last| last.atom.end);
        out.extend(header.bytes(from..atom.end));
    }
    resize(&mut out[start..]);
}

/// Write the size of a box into its head, in the form that it has there. One that goes up to the end of what
/// it lies in still does.
fn resize(bytes: &mut [u8]) {
    let size = bytes.len() as u64;
    match (u32_at(bytes, 0), u32::try_from(size)) {
        (Some(0), _) => {}
        (Some(1), _) => bytes[8..16].copy_from_slice(&size.to_be_bytes()),
        (_, Ok(short)) => bytes[..4].copy_from_slice(&short.to_be_bytes()),
        (_, Err(_)) => unreachable!("a header is bounded, and at most doubles"),
    }
}
