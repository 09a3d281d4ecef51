use std::fs::{self, File, FileTimes};
use std::path::{Path, PathBuf};
use std::time::{SystemTime, UNIX_EPOCH};

use reelpack::Error;
use reelpack::digest::Algorithm;
use reelpack::engine::Work;
use reelpack::engine::pass::Settings;
use reelpack::engine::state::{Choice, clear, facts, forget, prune};
use reelpack::format::manifest::Format;
use reelpack::job::checksum::{Layout, Lists, Options, lists};
use reelpack::job::listing::Creator;
use reelpack::job::update::Kind;
use reelpack::progress::Progress;

use super::{with_memory, write};

const HOUR: u64 = 3600;

fn now() -> i64 {
    i64::try_from(SystemTime::now().duration_since(UNIX_EPOCH).unwrap().as_nanos()).unwrap()
}

/// A clock by which files that were just made are no longer fresh.
fn later() -> i64 {
    now() + i64::try_from(HOUR).unwrap() * 1_000_000_000
}

pub(super) fn memory(file: &Path) -> Choice {
    Choice { file: Some(file.to_owned()), required: true, cached: false, clock: later }
}

fn trusting(file: &Path) -> Choice {
    Choice { cached: true, ..memory(file) }
}

/// Lists of MD5.
pub(super) fn options(layout: Layout) -> Options<'static> {
    Options {
        layout,
        update: false,
        formats: &[Format::ChecksumTxt],
        algorithms: &[Algorithm::Md5],
        creator: Creator { host: "", user: "", clock: || 0 },
    }
}

/// The same in each folder.
pub(super) fn folder_options(update: bool) -> Options<'static> {
    Options { update, ..options(Layout::Folder) }
}

fn listed(source: &Path, memory: &Choice) -> Lists {
    with_memory(memory, |work| lists(source, &folder_options(false), work)).unwrap()
}

/// A folder with frames, and a place for the state beside it.
fn prepared() -> (tempfile::TempDir, PathBuf, PathBuf) {
    let folder = tempfile::tempdir().unwrap();
    let (source, state) = (folder.path().join("in"), folder.path().join("state.db"));
    write(&source, &[("a", b"one"), ("b", b"two"), ("x/c", b"three")]);
    (folder, source, state)
}

/// Files read and files trusted.
fn counts(lists: &Lists) -> (u64, u64) {
    (lists.tally.files_read, lists.tally.files_trusted)
}

#[test]
fn what_is_as_it_was_is_trusted_only_when_that_is_asked_for() {
    let (_folder, source, state) = prepared();
    let first = listed(&source, &memory(&state));

    let again = listed(&source, &memory(&state));
    let cached = listed(&source, &trusting(&state));

    assert_eq!((counts(&first), counts(&again), counts(&cached)), ((3, 0), (3, 0), (0, 3)));
    assert_eq!(cached.tally.bytes_trusted, 11);
    let texts = |lists: &Lists| lists.lists.iter().map(|l| l.text.clone()).collect::<Vec<_>>();
    assert_eq!(texts(&cached), texts(&first));
}

/// Give `path` the times that it had.
fn keeping_time(path: &Path, change: impl FnOnce()) {
    let modified = fs::metadata(path).unwrap().modified().unwrap();
    change();
    let file = File::options().write(true).open(path).unwrap();
    file.set_times(FileTimes::new().set_modified(modified)).unwrap();
}

#[test]
fn any_difference_that_the_system_tells_makes_a_file_be_read() {
    let (folder, source, state) = prepared();
    listed(&source, &memory(&state));
    let path = source.join("a");
    let other = folder.path().join("other");
    let changes: [(&str, &dyn Fn()); 4] = [
        ("time", &|| fs::write(&path, b"new").unwrap()),
        ("size, with the time set back", &|| {
            keeping_time(&path, || fs::write(&path, b"longer").unwrap());
        }),
        ("bytes, with the time set back", &|| {
            keeping_time(&path, || fs::write(&path, b"LONGER").unwrap());
        }),
        ("another file under its name", &|| {
            fs::copy(&path, &other).unwrap();
            keeping_time(&path, || fs::rename(&other, &path).unwrap());
        }),
    ];
    for (what, change) in changes {
        change();
        let cached = listed(&source, &trusting(&state));
        assert_eq!(counts(&cached), (1, 2), "{what}");
        let digests = listed(&source, &Choice::none()).lists;
        assert_eq!(cached.lists[0].text, digests[0].text, "{what}");
    }
}

#[test]
fn a_file_that_was_changed_just_before_it_was_read_is_never_trusted() {
    let (_folder, source, state) = prepared();
    for _ in 0..2 {
        let fresh = listed(&source, &Choice { clock: now, ..trusting(&state) });
        assert_eq!(counts(&fresh), (3, 0));
    }
    assert_eq!(facts(&state).unwrap().files, 0);
}

/// Begin a job, and stop it when so many files have been read.
pub(super) fn interrupting(files: u64, job: impl FnOnce(&Progress) -> Result<(), Error>) {
    let progress = &Progress::default();
    let result = std::thread::scope(|scope| {
        scope.spawn(|| {
            while progress.counts().files_done < files {
                std::thread::yield_now();
            }
            progress.cancel();
        });
        job(progress)
    });
    assert!(matches!(result, Err(Error::Cancelled)), "fewer files than this take to be read");
}

/// So many files of 64 KiB.
pub(super) fn many(root: &Path, count: usize) {
    fs::create_dir_all(root).unwrap();
    for n in 0..count {
        fs::write(root.join(format!("f.{n:04}")), vec![n.to_le_bytes()[0]; 1 << 16]).unwrap();
    }
}

#[test]
fn a_run_that_was_stopped_goes_on_where_it_stopped_and_trusts_no_other() {
    let (folder, _, state) = prepared();
    let (source, other) = (folder.path().join("many"), folder.path().join("other"));
    many(&source, 600);
    many(&other, 10);
    listed(&other, &memory(&state));
    interrupting(50, |progress| {
        let settings = &Settings::new(Some(1), Some(1), &source).unwrap();
        let work = Work { settings, progress, memory: &memory(&state) };
        lists(&source, &folder_options(false), &work).map(drop)
    });
    assert_eq!(facts(&state).unwrap().unfinished.len(), 1);

    let resumed = listed(&source, &memory(&state));
    let after = listed(&source, &memory(&state));

    let (read, trusted) = counts(&resumed);
    assert!(trusted >= 50 && read > 0 && read + trusted == 600, "{read} read, {trusted} trusted");
    assert_eq!(counts(&after), (600, 0), "a finished run is not continued");
    assert_eq!(resumed.lists[0].text, after.lists[0].text);
    assert_eq!(counts(&listed(&other, &memory(&state))), (10, 0));
    assert!(facts(&state).unwrap().unfinished.is_empty());
}

#[test]
fn two_runs_at_once_do_not_get_into_each_other_s_way() {
    let (folder, _, state) = prepared();
    let source = folder.path().join("many");
    many(&source, 300);
    let expected = listed(&source, &Choice::none());

    let texts: Vec<String> = std::thread::scope(|scope| {
        let runs: Vec<_> = (0..4)
            .map(|_| scope.spawn(|| listed(&source, &memory(&state)).lists.remove(0).text))
            .collect();
        runs.into_iter().map(|run| run.join().unwrap()).collect()
    });

    assert!(texts.iter().all(|text| *text == expected.lists[0].text));
    assert_eq!(counts(&listed(&source, &trusting(&state))), (0, 300));
}

#[test]
fn a_file_of_another_program_is_left_alone() {
    let (folder, source, _) = prepared();
    let foreign = folder.path().join("other.db");
    let connection = rusqlite::Connection::open(&foreign).unwrap();
    connection.execute_batch("CREATE TABLE precious (x)").unwrap();
    drop(connection);
    let text = folder.path().join("notes.txt");
    fs::write(&text, "x".repeat(10_000)).unwrap();
    for path in [&foreign, &text] {
        let before = fs::read(path).unwrap();

        let error = with_memory(&memory(path), |work| lists(&source, &folder_options(false), work));
        let without = listed(&source, &Choice { required: false, ..memory(path) });

        assert!(matches!(error, Err(Error::State { path: named, .. }) if named == *path));
        assert_eq!(counts(&without), (3, 0));
        assert!(without.tally.fault.is_some());
        assert!(clear(path).is_err());
        assert_eq!(fs::read(path).unwrap(), before);
    }
}

#[test]
fn a_list_is_brought_up_to_date_by_reading_what_is_new_or_changed() {
    let (_folder, source, state) = prepared();
    let update = || {
        let made = with_memory(&memory(&state), |work| lists(&source, &folder_options(true), work));
        let made = made.unwrap();
        for list in &made.lists {
            fs::write(&list.path, &list.text).unwrap();
        }
        made
    };
    assert_eq!(counts(&update()), (3, 0));
    let unchanged = update();
    assert_eq!((counts(&unchanged), unchanged.changes.len()), ((0, 3), 0));
    fs::write(source.join("a"), b"ONE").unwrap();
    fs::remove_file(source.join("b")).unwrap();
    write(&source, &[("n", b"new")]);

    let made = update();

    let changes: Vec<_> = made.changes.iter().map(|c| (c.path.to_str().unwrap(), c.kind)).collect();
    assert_eq!(changes, [("a", Kind::Changed), ("b", Kind::Gone), ("n", Kind::New)]);
    assert_eq!(counts(&made), (2, 1));
    assert_eq!(made.lists[0].text, listed(&source, &Choice::none()).lists[0].text);
}

#[test]
fn a_line_that_contradicts_the_memory_is_not_kept() {
    let (_folder, source, state) = prepared();
    listed(&source, &memory(&state));
    let wrong = format!("a\t3\tmd5\t{}\n", "0".repeat(32));
    fs::write(source.join("checksum.txt"), wrong).unwrap();

    let made = with_memory(&memory(&state), |work| lists(&source, &folder_options(true), work));

    let made = made.unwrap();
    assert_eq!(made.changes.iter().filter(|change| change.kind == Kind::Changed).count(), 1);
    assert_eq!(counts(&made), (3, 0));
}

#[test]
fn the_memory_can_be_looked_into_and_made_to_forget() {
    let (folder, source, state) = prepared();
    assert_eq!(facts(&state).unwrap().files, 0, "asking makes no file");
    assert!(!state.exists());
    let other = folder.path().join("in2");
    write(&other, &[("a", b"four")]);
    listed(&source, &memory(&state));
    listed(&other, &memory(&state));
    let about = facts(&state).unwrap();
    assert_eq!((about.files, about.folders), (4, 3));
    assert!(about.size > 0);

    fs::remove_file(source.join("a")).unwrap();
    assert_eq!(prune(&state).unwrap(), 1);
    assert_eq!(forget(&state, &source).unwrap(), 2, "not what merely begins with the same letters");
    assert_eq!(facts(&state).unwrap().files, 1);
    assert_eq!(clear(&state).unwrap(), 0);
    assert!(!state.exists());
}

#[test]
fn a_bit_that_flips_in_the_memory_is_never_trusted() {
    let (folder, source, state) = prepared();
    let expected = listed(&source, &memory(&state)).lists.remove(0).text;
    // Where nothing is left in the log.
    let bytes = fs::read(&state).unwrap();
    let flipped = folder.path().join("flipped.db");
    for bit in (0..bytes.len() * 8).step_by(97) {
        let mut bytes = bytes.clone();
        bytes[bit / 8] ^= 1 << (bit % 8);
        fs::write(&flipped, bytes).unwrap();
        let choice = Choice { required: false, ..trusting(&flipped) };

        assert_eq!(listed(&source, &choice).lists[0].text, expected, "bit {bit}");

        for end in ["-wal", "-shm", "-journal"] {
            let _may_not_be_there = fs::remove_file(folder.path().join(format!("flipped.db{end}")));
        }
    }
}

#[test]
fn a_memory_inside_the_source_is_refused_and_not_made() {
    let (_folder, source, _) = prepared();
    let state = source.join("x/state.db");

    let error = with_memory(&memory(&state), |work| lists(&source, &folder_options(false), work));

    assert!(matches!(error, Err(Error::State { path, .. }) if path == state));
    assert!(!state.exists());
}
