use std::sync::atomic::{AtomicU32, Ordering};

use super::server::Server;
use super::{change, client, password, patient};
use crate::backlot::client::Client;
use crate::backlot::client::process::Processes;

static PROCESS: AtomicU32 = AtomicU32::new(0);

#[test]
fn a_process_that_was_forked_off_goes_on_with_threads_and_connections_of_its_own() {
    let server = Server::saying(&[200]);
    PROCESS.store(std::process::id(), Ordering::Relaxed);
    let client =
        Client { process: || PROCESS.load(Ordering::Relaxed), ..client(&server, password()) };
    client.call(&change(), &patient()).unwrap();
    let ours = std::ptr::from_ref(client.local().unwrap());

    // No system gives this number to a process.
    PROCESS.store(u32::MAX, Ordering::Relaxed);
    client.call(&change(), &patient()).unwrap();

    assert_eq!((server.count("/change"), server.count("/token")), (2, 1));
    assert!(!std::ptr::eq(ours, client.local().unwrap()));
}

#[test]
fn each_process_has_one_value_made_from_its_parents() {
    let values: Processes<Vec<u32>> = Processes::new();
    let get = |process: u32| {
        let make = |parent: Option<&Vec<u32>>| {
            Ok([parent.cloned().unwrap_or_default(), vec![process]].concat())
        };
        values.get(process, make).unwrap().clone()
    };

    let got = [1, 1, 2, 2, 1].map(get);

    // The last 1 is a grandchild that was given the number of its dead grandparent.
    assert_eq!(got, [vec![1], vec![1], vec![1, 2], vec![1, 2], vec![1, 2, 1]]);
}
