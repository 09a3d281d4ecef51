use proptest::prelude::*;

use super::read;
use super::writer::{File, Part, picture};

/// Bytes that are often at the edge of something.
fn edge() -> impl Strategy<Value = u8> {
    prop_oneof![Just(0), Just(0xff), Just(0x7f), Just(0x80), Just(0x83), any::<u8>()]
}

fn file(status: u8) -> Vec<u8> {
    let mut file = File::new(picture(0));
    file.header.status = status;
    file.footer = Some(Part { status: 4, sets: picture(24) });
    file.write()
}

proptest! {
    #[test]
    fn any_bytes_are_read_or_refused(bytes in proptest::collection::vec(any::<u8>(), 0..2000)) {
        let _ = read(&bytes);
    }

    #[test]
    fn any_bytes_behind_a_pack_are_read_or_refused(
        rest in proptest::collection::vec(edge(), 0..600),
    ) {
        let mut bytes = file(4);
        bytes.truncate(153);
        bytes.extend(rest);
        let _ = read(&bytes);
    }

    #[test]
    fn a_changed_file_is_read_or_refused_where_it_has_bytes(
        status in 0..6_u8,
        changes in proptest::collection::vec((any::<prop::sample::Index>(), edge()), 1..40),
        cut in any::<prop::sample::Index>(),
        is_cut in any::<bool>(),
    ) {
        let mut bytes = file(status);
        for (at, byte) in changes {
            let at = at.index(bytes.len());
            bytes[at] = byte;
        }
        if is_cut {
            bytes.truncate(cut.index(bytes.len()));
        }
        match read(&bytes) {
            Ok(header) => {
                let below = header.descriptors.iter().flat_map(|one| &one.below);
                let mut seen: Vec<_> = below.collect();
                let count = seen.len();
                seen.sort_unstable();
                seen.dedup();
                prop_assert_eq!(seen.len(), count, "each is below one other at most");
                let _ = (header.essence_duration(), header.embedded_timecode());
            }
            Err(fault) => prop_assert!(fault.offset <= bytes.len() as u64, "{}", fault),
        }
    }
}
