//! All bytes of a zip that need not exist, in order.

use std::collections::HashMap;
use std::ops::Range;

use super::observer::{Emit, Held, Sink};
use super::{HELD, Unwritten, WINDOW};
use crate::engine::pass::Crc32;
use crate::engine::walk::Found;
use crate::error::Result;
use crate::progress::Progress;

impl Unwritten {
    /// Hand all bytes of the zip, in order, to `write`.
    ///
    /// Small files are read once, and larger ones a second time, when they must have the same digest.
    ///
    /// # Errors
    ///
    /// Those of [`Unwritten::read_at`], and those of `write`.
    pub fn stream(&self, write: Sink<'_>, progress: &Progress) -> Result<()> {
        let mut next = 0;
        while next < self.tree.files.len() {
            let end = self.window_end(next);
            self.stream_some(next..end, write, progress)?;
            next = end;
        }
        let list = self.plan.list();
        let text = self.text(progress)?;
        write(&list.local_header(crc32fast::hash(text.as_bytes())))?;
        write(text.as_bytes())?;
        write(self.end(progress)?)
    }

    /// As many members as are read at once, and more as long as they are small.
    fn window_end(&self, first: usize) -> usize {
        let mut bytes = 0;
        let mut end = first;
        while end < self.tree.files.len() && (end - first < self.settings.readers || bytes < WINDOW)
        {
            bytes += self.places()[end].size;
            end += 1;
        }
        end
    }

    fn stream_some(
        &self,
        members: Range<usize>,
        write: Sink<'_>,
        progress: &Progress,
    ) -> Result<()> {
        let is_held = |n: &usize| self.places()[*n].size <= HELD;
        let is_known = |n: &usize| self.lock()[*n].is_some();
        let first: Vec<_> = members.clone().filter(|n| is_held(n) || !is_known(n)).collect();
        let mut held = HashMap::new();
        let keep = |found: &Found| Held::new(found.mark.stamp.size);
        for (n, (sums, kept)) in first.iter().zip(self.read(&first, progress, keep)?) {
            self.set(*n, sums)?;
            if is_held(n) {
                held.insert(*n, kept.bytes);
            }
        }
        for n in members {
            progress.check()?;
            write(&self.places()[n].local_header(self.crc(n, progress)?))?;
            match held.remove(&n) {
                Some(bytes) => {
                    progress.check()?;
                    write(&bytes)?;
                }
                None => self.stream_file(n, write, progress)?,
            }
        }
        Ok(())
    }

    /// A file that was read before, and must be the same.
    fn stream_file(&self, n: usize, write: Sink<'_>, progress: &Progress) -> Result<()> {
        let emit = |_: &Found| Emit { crc: Crc32::default(), write };
        for (sums, _) in self.read(&[n], progress, emit)? {
            self.set(n, sums)?;
        }
        Ok(())
    }
}
