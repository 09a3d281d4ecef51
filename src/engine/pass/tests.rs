use std::path::{Path, PathBuf};

use md5::{Digest as _, Md5};
use proptest::prelude::*;

use super::{Crc32, Item, Observer, OnError, Settings, Source, run, run_as};
use crate::digest::{Algorithm, Digest, digest_of};
use crate::error::Error;
use crate::progress::Progress;

fn write(folder: &Path, name: &str, bytes: &[u8]) -> PathBuf {
    let path = folder.join(name);
    crate::fs::write(&path, bytes, false).unwrap();
    path
}

fn files(folder: &Path, sizes: &[usize]) -> Vec<(PathBuf, Vec<u8>)> {
    // 251 is prime, so that chunks never look alike.
    let bytes = |seed: usize, size: usize| (0..=250_u8).cycle().skip(seed).take(size).collect();
    let file = |(n, &size): (usize, &usize)| {
        let bytes: Vec<u8> = bytes(n, size);
        (write(folder, &format!("{n:04}"), &bytes), bytes)
    };
    sizes.iter().enumerate().map(file).collect()
}

fn settings(jobs: usize, readers: usize, simd: &str) -> Option<Settings> {
    Some(Settings { jobs, readers, simd: simd.parse().ok()? })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    #[test]
    fn every_way_of_reading_gives_the_digests_of_the_reference(
        sizes in proptest::collection::vec(
            prop_oneof![0..200_usize, 32_700..32_800_usize, 65_500..65_600_usize, 0..200_000_usize],
            1..90,
        )
    ) {
        let folder = tempfile::tempdir().unwrap();
        let files = files(folder.path(), &sizes);
        let items: Vec<_> = files
            .iter()
            .map(|(path, bytes)| Item { source: Source::File(path), size: bytes.len() as u64 })
            .collect();
        for (jobs, readers) in [(1, 1), (1, 64), (2, 64), (3, 5)] {
            for simd in ["avx512", "avx2", "portable"] {
                let Some(settings) = settings(jobs, readers, simd) else { continue };
                let progress = Progress::default();
                let seen =
                    run(&items, &settings, OnError::Stop, &progress, |_| Crc32::default()).unwrap();
                for ((_, bytes), seen) in files.iter().zip(seen) {
                    let seen = seen.unwrap();
                    prop_assert_eq!(seen.digest, Digest::Md5(Md5::digest(bytes).into()));
                    prop_assert_eq!(seen.size, bytes.len() as u64);
                    prop_assert_eq!(seen.observer.value(), crc32fast::hash(bytes));
                }
                let total = sizes.iter().sum::<usize>() as u64;
                prop_assert_eq!(progress.counts().bytes_done, total);
                prop_assert_eq!(progress.counts().files_done, sizes.len() as u64);
            }
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(12))]

    #[test]
    fn each_item_has_the_digest_that_was_asked_for(
        sizes in proptest::collection::vec(
            (prop_oneof![0..200_usize, 32_700..32_800_usize, 0..200_000_usize], 0..7_usize), 1..40,
        )
    ) {
        let folder = tempfile::tempdir().unwrap();
        let (sizes, algorithms): (Vec<_>, Vec<_>) = sizes.into_iter().unzip();
        let files = files(folder.path(), &sizes);
        let items: Vec<_> = files
            .iter()
            .map(|(path, bytes)| Item { source: Source::File(path), size: bytes.len() as u64 })
            .collect();
        let mixed = |index: usize| Algorithm::ALL[algorithms[index]];
        let sha1 = |_| Algorithm::Sha1;
        let asked: [&(dyn Fn(usize) -> Algorithm + Sync); 2] = [&mixed, &sha1];
        for (jobs, readers) in [(1, 1), (1, 64), (2, 64), (3, 5)] {
            for (simd, asked) in [("avx512", asked[0]), ("avx2", asked[1]), ("portable", asked[0])] {
                let Some(settings) = settings(jobs, readers, simd) else { continue };
                let progress = Progress::default();
                let observe = |_| Crc32::default();
                let seen =
                    run_as(asked, &items, &settings, OnError::Stop, &progress, observe).unwrap();
                for (index, seen) in seen.into_iter().enumerate() {
                    let (seen, bytes) = (seen.unwrap(), &files[index].1);
                    prop_assert_eq!(seen.digest, digest_of(asked(index), bytes));
                    prop_assert_eq!(seen.observer.value(), crc32fast::hash(bytes));
                }
            }
        }
    }
}

#[test]
fn the_error_of_the_first_item_in_order_is_the_run_s() {
    let folder = tempfile::tempdir().unwrap();
    let good = write(folder.path(), "good", b"bytes");
    let (first, second) = (folder.path().join("a"), folder.path().join("b"));
    let items = [&good, &first, &second].map(|path| Item { source: Source::File(path), size: 5 });
    let settings = settings(2, 64, "portable").unwrap();

    let error = run(&items, &settings, OnError::Stop, &Progress::default(), |_| ()).unwrap_err();

    assert!(matches!(error, Error::Io { path, .. } if path == first || path == second));
}

#[test]
fn an_item_that_cannot_be_read_does_not_keep_the_others_from_it() {
    let folder = tempfile::tempdir().unwrap();
    let good = write(folder.path(), "good", b"bytes");
    let missing = folder.path().join("missing");
    let items = [&missing, &good].map(|path| Item { source: Source::File(path), size: 5 });
    let settings = settings(1, 64, "portable").unwrap();

    let seen = run(&items, &settings, OnError::GoOn, &Progress::default(), |_| ()).unwrap();

    assert!(seen[0].is_err());
    assert_eq!(seen[1].as_ref().unwrap().size, 5);
}

#[test]
fn a_cancelled_run_says_so() {
    let folder = tempfile::tempdir().unwrap();
    let path = write(folder.path(), "a", b"bytes");
    let items = [Item { source: Source::File(&path), size: 5 }];
    let progress = Progress::default();
    progress.cancel();

    let result =
        run(&items, &settings(1, 1, "portable").unwrap(), OnError::GoOn, &progress, |_| ());

    assert!(matches!(result, Err(Error::Cancelled)));
}

/// More than one chunk, and not a whole number of them.
const LARGE: usize = (1 << 20) + 321;

/// Cuts its file as soon as it has seen the first bytes.
#[derive(Debug)]
struct Cutter<'a>(&'a Path);

impl Observer for Cutter<'_> {
    fn see(&mut self, _bytes: &[u8]) -> crate::error::Result<()> {
        #[expect(clippy::disallowed_methods, reason = "fs/ never cuts a file that others read")]
        std::fs::write(self.0, b"short").map_err(Error::io(self.0))
    }
}

#[test]
fn a_file_that_is_cut_while_it_is_read_has_changed() {
    let folder = tempfile::tempdir().unwrap();
    let (path, _) = files(folder.path(), &[LARGE]).remove(0);
    let items = [Item { source: Source::File(&path), size: LARGE as u64 }];
    let settings = settings(2, 64, "portable").unwrap();

    let error = run(&items, &settings, OnError::Stop, &Progress::default(), |_| Cutter(&path));

    assert!(matches!(error, Err(Error::Changed { .. })), "{error:?}");
}

#[cfg(target_os = "linux")]
#[test]
fn one_reader_follows_the_blocks_of_a_tape() {
    use rustix::fs::{XattrFlags, setxattr};

    let folder = tempfile::tempdir().unwrap();
    let files = files(folder.path(), &[10, 0, 30, 20]);
    for (n, block) in [(0, "900"), (2, "70"), (3, "8")] {
        let value = block.as_bytes();
        setxattr(&files[n].0, "user.ltfs.startblock", value, XattrFlags::empty()).unwrap();
    }
    let items: Vec<_> = files
        .iter()
        .map(|(path, bytes)| Item { source: Source::File(path), size: bytes.len() as u64 })
        .collect();
    let taken = std::sync::Mutex::new(vec![]);
    let observe = |n: usize| {
        taken.lock().unwrap().push(n);
        Crc32::default()
    };
    let settings = settings(2, 1, "portable").unwrap();
    run(&items, &settings, OnError::Stop, &Progress::default(), observe).unwrap();
    assert_eq!(taken.into_inner().unwrap(), [1, 3, 2, 0]);
}
