use std::path::Path;
use std::sync::Barrier;
use std::thread;

use super::Scratch;

const RUNS: u8 = 6;
const ROUNDS: usize = 400;

fn hold(target: &Path, bytes: &[u8], replace: bool, together: &Barrier) -> bool {
    together.wait();
    let scratch = Scratch::create(target).expect("the folder is writable");
    scratch.file().write_at(bytes, 0).expect("the disk has room");
    scratch.keep(replace, false).is_ok()
}

/// Has all runs write one target at once; returns which of them were told that they did.
fn race(target: &Path, replace: bool) -> Vec<u8> {
    let together = Barrier::new(RUNS.into());
    thread::scope(|scope| {
        let run = |n: u8| {
            (
                n,
                scope.spawn({
                    let together = &together;
                    move || hold(target, &vec![n; 40_000], replace, together)
                }),
            )
        };
        let runs: Vec<_> = (0..RUNS).map(run).collect();
        let told = runs.into_iter().map(|(n, run)| (n, run.join().expect("no run panics")));
        told.filter_map(|(n, wrote)| wrote.then_some(n)).collect()
    })
}

#[test]
fn of_runs_at_once_the_one_that_is_told_so_has_written() {
    let folder = tempfile::tempdir().expect("there is a folder for that");
    for round in 0..ROUNDS {
        let target = folder.path().join(round.to_string());
        // What a killed run left, which all of them want to clear away.
        Scratch::create(&target).and_then(Scratch::leave).expect("the folder is writable");

        let told = race(&target, false);

        let bytes = std::fs::read(&target).expect("one of them wrote it");
        assert_eq!(told.len(), 1, "round {round}");
        assert!(bytes.len() == 40_000 && bytes.iter().all(|byte| [*byte] == *told));
    }
    let left = std::fs::read_dir(folder.path()).expect("it is still there").count();
    assert_eq!(left, ROUNDS);
}

#[test]
fn runs_at_once_that_may_replace_all_come_to_their_end() {
    let folder = tempfile::tempdir().expect("there is a folder for that");
    let target = folder.path().join("one");
    for round in 0..ROUNDS {
        let told = race(&target, true);

        let bytes = std::fs::read(&target).expect("all of them wrote it");
        assert_eq!(told.len(), usize::from(RUNS), "round {round}");
        assert!(bytes.len() == 40_000 && bytes.iter().all(|byte| *byte == bytes[0]));
    }
    assert_eq!(std::fs::read_dir(folder.path()).expect("it is still there").count(), 1);
}
