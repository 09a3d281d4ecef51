use std::fs;
use std::path::Path;

use jiff::tz::TimeZone;
use proptest::prelude::*;
use reelpack::Error;
use reelpack::job::cloning::Wish;
use reelpack::job::package::{Layout, Options, PlanOptions, Unwritten, pack};
use reelpack::progress::Progress;

use super::{working, write};

fn planned(source: &Path, layout: Layout) -> Result<Unwritten, Error> {
    let options = PlanOptions { layout, aligned: false, zone: TimeZone::UTC };
    working(|work| Unwritten::new(source, &options, work))
}

/// The bytes of the zip that is written.
fn written(source: &Path, target: &Path, layout: Layout) -> Vec<u8> {
    let (clone, zone) = (Wish::Never, TimeZone::UTC);
    let options = Options { layout, clone, replace: true, sync: false, zone };
    working(|work| pack(source, target, &options, work)).unwrap();
    fs::read(target).unwrap()
}

fn range(plan: &Unwritten, offset: u64, count: usize) -> Result<Vec<u8>, Error> {
    let mut bytes = vec![0; count];
    let len = plan.read_at(&mut bytes, offset, &Progress::default())?;
    bytes.truncate(len);
    Ok(bytes)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    #[test]
    fn any_range_is_that_of_the_zip_that_is_written(
        sizes in prop::collection::vec(prop_oneof![Just(0_usize), 1..200_usize, 4000..9000_usize], 1..8),
        ranges in prop::collection::vec((0.0..1.0_f64, 0..6000_usize), 1..12),
        with_list in any::<bool>(),
    ) {
        let folder = tempfile::tempdir().unwrap();
        let (source, target) = (folder.path().join("in"), folder.path().join("out.zip"));
        for (n, size) in sizes.iter().enumerate() {
            let byte = n.to_le_bytes()[0];
            write(&source, &[(&format!("{}/f{n}", n % 2), &vec![byte; *size])]);
        }
        let zip = written(&source, &target, Layout::Tree);
        if with_list {
            let made = working(|work| {
                reelpack::job::checksum::lists(&source, &super::state::folder_options(false), work)
            });
            for list in made.unwrap().lists {
                fs::write(&list.path, &list.text).unwrap();
            }
        }

        let plan = planned(&source, Layout::Tree).unwrap();

        prop_assert_eq!(plan.size(), zip.len() as u64);
        for (start, count) in ranges {
            #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss,
                     clippy::cast_precision_loss, reason = "any offset will do")]
            let start = (start * zip.len() as f64) as usize;
            let end = zip.len().min(start + count);
            prop_assert_eq!(&range(&plan, start as u64, count).unwrap()[..], &zip[start..end]);
        }
        prop_assert_eq!(range(&plan, plan.size(), 10).unwrap(), b"");
        let streamed = std::sync::Mutex::new(vec![]);
        let sink = |bytes: &[u8]| { streamed.lock().unwrap().extend_from_slice(bytes); Ok(()) };
        plan.stream(&sink, &Progress::default()).unwrap();
        prop_assert_eq!(streamed.into_inner().unwrap(), zip);
    }
}

#[test]
fn a_frame_that_changed_since_the_plan_was_made_is_an_error_when_it_is_read() {
    let folder = tempfile::tempdir().unwrap();
    let source = folder.path().join("in");
    write(&source, &[("a", &[1; 9000]), ("b", &[2; 9000])]);
    let plan = planned(&source, Layout::Flat).unwrap();
    let expected = range(&plan, 0, 5000).unwrap();

    fs::write(source.join("b"), [3; 9000]).unwrap();

    assert_eq!(range(&plan, 0, 5000).unwrap(), expected);
    let data = plan.places()[1].data();
    assert!(
        matches!(range(&plan, data, 100), Err(Error::Changed { path, .. }) if path.ends_with("b"))
    );
    assert!(plan.stream(&|_| Ok(()), &Progress::default()).is_err());
}

#[test]
fn a_frame_that_is_not_as_its_list_says_is_an_error() {
    let folder = tempfile::tempdir().unwrap();
    let source = folder.path().join("in");
    let line = format!("a\t3\tmd5\t{}\n", "0".repeat(32));
    write(&source, &[("a", b"one"), ("checksum.txt", line.as_bytes())]);
    let plan = planned(&source, Layout::Flat).unwrap();

    let error = range(&plan, 0, 10).unwrap_err();

    assert!(matches!(error, Error::Package { path, .. } if path.ends_with("a")));
    fs::write(source.join("a"), b"other size").unwrap();
    assert!(planned(&source, Layout::Flat).is_err());
}
