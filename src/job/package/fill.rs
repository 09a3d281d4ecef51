//! Filling a zip: each member is kept, cloned or copied, then come the list and the directory.

use super::Options;
use super::member::{CloneTo, CopyTo, Member, sums};
use super::plan::{Plan, Sums};
use crate::engine::pass::{Crc32, Item, Observer, OnError, Source};
use crate::engine::state::{State, Subject, Wanted};
use crate::engine::walk::{Found, Tree};
use crate::engine::{Tally, Work};
use crate::error::Result;
use crate::fs::File;
use crate::job::cloning::{Fallback, Means, Wish, cloneable};

/// A zip that is complete but for its name.
pub(super) struct Filled {
    pub(super) size: u64,
    pub(super) text: String,
    pub(super) tally: Tally,
    pub(super) means: Vec<Means>,
    pub(super) clamped: Vec<String>,
}

/// Write everything to `zip`, which may hold members already if it is `resumed`.
pub(super) fn fill(
    tree: &Tree,
    options: &Options,
    zip: &File,
    resumed: bool,
    state: &State,
    work: &Work<'_>,
) -> Result<Filled> {
    let clones = cloneable(&tree.files, options.clone, zip)?;
    let plan = Plan::new(tree, options.layout, &options.zone, |n| clones[n])?;
    let count = tree.files.len();
    let mut job = Fill {
        tree,
        plan: &plan,
        zip,
        state,
        work,
        clones: &clones,
        subjects: tree.files.iter().map(Found::subject).collect(),
        sums: vec![None; count],
        means: vec![Means::Copied; count],
        tally: Tally::default(),
    };
    if resumed {
        job.keep()?;
    }
    job.clone_known(options.clone)?;
    job.clone_others(options.clone)?;
    job.copy_others()?;
    job.finish().map(|(size, text, means, tally)| {
        let clamped = plan.clamped;
        Filled { size, text, tally, means, clamped }
    })
}

struct Fill<'a> {
    tree: &'a Tree,
    plan: &'a Plan,
    zip: &'a File,
    state: &'a State,
    work: &'a Work<'a>,
    clones: &'a [bool],
    subjects: Vec<Subject<'a>>,
    sums: Vec<Option<Sums>>,
    means: Vec<Means>,
    tally: Tally,
}

impl<'a> Fill<'a> {
    fn member(&self, n: usize) -> Member<'a> {
        Member { zip: self.zip, place: &self.plan.zip.places[n], found: &self.tree.files[n] }
    }

    fn missing(&self, cloned: bool) -> Vec<usize> {
        let is_missing = |n: &usize| self.sums[*n].is_none() && self.clones[*n] == cloned;
        (0..self.sums.len()).filter(is_missing).collect()
    }

    fn set(&mut self, n: usize, sums: Sums, means: Means, trusted: bool) {
        self.tally.add(self.plan.zip.places[n].size, trusted);
        self.sums[n] = Some(sums);
        self.means[n] = means;
    }

    /// Keep the members that the unfinished run brought to the places they have now. Its word is not
    /// enough, since the machine may have stopped before the bytes were on the disk: they are read.
    fn keep(&mut self) -> Result<()> {
        let size = self.zip.stamp()?.size;
        let known = self.state.recall_unfinished(&self.subjects, Wanted::Crc);
        let end = |n: usize| self.plan.zip.places[n].data() + self.plan.zip.places[n].size;
        let there: Vec<(usize, Sums)> = (0..known.len())
            .filter(|&n| !self.clones[n] && end(n) <= size)
            .filter_map(|n| Some((n, Sums::known(known[n])?)))
            .collect();
        let place = |n: usize| &self.plan.zip.places[n];
        let items: Vec<_> = there
            .iter()
            .map(|(n, _)| Item {
                source: Source::Range(self.zip, place(*n).data()),
                size: place(*n).size,
            })
            .collect();
        let seen = self.work.pass(&items, OnError::Stop, |_| Crc32::default())?;
        for ((n, expected), seen) in there.into_iter().zip(seen) {
            if sums(&seen?) == expected {
                self.member(n).write_header(expected.crc)?;
                self.set(n, expected, Means::Kept, true);
            }
        }
        Ok(())
    }

    /// Clone files that are as the memory knows them: they need not be read.
    fn clone_known(&mut self, wish: Wish) -> Result<()> {
        let known = self.state.recall(&self.subjects, Wanted::Crc);
        for n in self.missing(true) {
            let Some(expected) = Sums::known(known[n]) else { continue };
            self.work.progress.check()?;
            let (member, fallback) = (self.member(n), Fallback::default());
            let file = File::open(&member.found.path)?;
            member.span().clone_from(&file, wish.allow(&fallback))?;
            member.write_header(expected.crc)?;
            self.set(n, expected, fallback.means(), true);
        }
        Ok(())
    }

    fn clone_others(&mut self, wish: Wish) -> Result<()> {
        let missing = self.missing(true);
        let fallbacks: Vec<_> = missing.iter().map(|_| Fallback::default()).collect();
        let observe = |n: usize| CloneTo::new(self.member(missing[n]), wish.allow(&fallbacks[n]));
        let sums = self.run(&missing, observe)?;
        for ((n, sums), fallback) in missing.into_iter().zip(sums).zip(fallbacks) {
            self.set(n, sums, fallback.means(), false);
        }
        Ok(())
    }

    fn copy_others(&mut self) -> Result<()> {
        let missing = self.missing(false);
        let sums = self.run(&missing, |n| CopyTo::new(self.member(missing[n])))?;
        for (n, sums) in missing.into_iter().zip(sums) {
            self.set(n, sums, Means::Copied, false);
        }
        Ok(())
    }

    fn run<O: Observer>(
        &self,
        files: &[usize],
        observe: impl Fn(usize) -> O + Sync,
    ) -> Result<Vec<Sums>> {
        let items: Vec<_> = files.iter().map(|&n| self.tree.files[n].item()).collect();
        self.state.recording(&self.subjects, |recorder| {
            let observe = |n: usize| recorder.watch(files[n], observe(n));
            let seen = self.work.pass(&items, OnError::Stop, observe)?;
            seen.into_iter().map(|seen| Ok(sums(&seen?))).collect()
        })
    }

    /// Write the list and the directory behind the members.
    fn finish(self) -> Result<(u64, String, Vec<Means>, Tally)> {
        let sums: Vec<Sums> =
            self.sums.into_iter().map(|sums| sums.expect("every member is there")).collect();
        let text = self.plan.text(sums.iter().map(|sums| sums.digest));
        let list = self.plan.list();
        debug_assert_eq!(list.size, text.len() as u64, "the list is as long as planned");
        self.zip.write_at(&list.local_header(crc32fast::hash(text.as_bytes())), list.offset)?;
        self.zip.write_at(text.as_bytes(), list.data())?;
        let end = self.plan.end(&sums, &text);
        let size = self.plan.zip.directory + end.len() as u64;
        self.zip.write_at(&end, self.plan.zip.directory)?;
        self.zip.set_size(size)?;
        Ok((size, text, self.means, self.tally))
    }
}
