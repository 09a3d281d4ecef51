use std::path::Path;

use rusqlite::Connection;

use super::database::Database;

fn journal_mode(connection: &Connection) -> String {
    connection.pragma_query_value(None, "journal_mode", |row| row.get(0)).unwrap()
}

#[test]
fn a_write_ahead_log_is_kept_only_where_nobody_else_can_come() {
    let folder = tempfile::tempdir().unwrap();
    for (name, is_local, mode) in [("own", true, "wal"), ("shared", false, "delete")] {
        let mut database = Database::open_on(&folder.path().join(name), is_local).unwrap();

        let begun = database.begin("checksum", Path::new("/x"), None).unwrap();

        assert_eq!(journal_mode(&database.connection), mode);
        assert!(begun.before.is_empty());
        let again = database.begin("checksum", Path::new("/x"), None).unwrap();
        assert_eq!(again.before, [begun.run]);
    }
}

#[test]
fn the_number_of_a_finished_run_is_never_given_again() {
    let folder = tempfile::tempdir().unwrap();
    let mut database = Database::open(&folder.path().join("state")).unwrap();
    let first = database.begin("checksum", Path::new("/x"), None).unwrap();
    database.finish(&[first.run]).unwrap();

    let second = database.begin("checksum", Path::new("/x"), None).unwrap();

    assert!(second.before.is_empty());
    assert!(second.run > first.run);
}

#[test]
fn a_target_is_the_same_before_and_after_it_is_made() {
    let folder = tempfile::tempdir().unwrap();
    let target = folder.path().join("new/./deep/target");
    let before = super::resolved(&target);

    crate::fs::make_folder(&target).unwrap();

    assert_eq!(before.as_os_str(), super::resolved(&target).as_os_str());
    assert!(super::resolved(Path::new("not/there")).is_absolute());
}
