//! One thread of a run: its lanes, filled from the queue and advanced together.

use std::sync::atomic::Ordering;

use super::chain::advance;
use super::lane::Lane;
use super::{Observer, OnError, Part, Queue, Seen};
use crate::digest::lanes::{BLOCK_LEN, MAX_PADDING, Simd};
use crate::error::Result;

/// Read items from the queue until it is empty, the run is stopped or cancelled.
pub(super) fn work<O: Observer>(
    queue: &Queue<'_>,
    lanes: usize,
    simd: Simd,
    observe: &(impl Fn(usize) -> O + Sync),
) -> Part<O> {
    let mut worker = Worker {
        queue,
        lanes: Vec::new(),
        buffers: vec![0; lanes * Worker::<O>::STRIDE],
        results: Vec::new(),
    };
    worker.lanes.resize_with(lanes, || None);
    while worker.top_up(observe) {
        worker.advance(simd);
    }
    worker.results
}

struct Worker<'a, O> {
    queue: &'a Queue<'a>,
    /// `None` where a lane is free.
    lanes: Vec<Option<Lane<'a, O>>>,
    /// [`Self::STRIDE`] bytes for each lane.
    buffers: Vec<u8>,
    results: Part<O>,
}

impl<O: Observer> Worker<'_, O> {
    /// From one lane's buffer to the next: a chunk, its padding, and a cache line more. Buffers at the
    /// same offset in their pages would fight for the eight ways of one set of the first-level cache.
    const STRIDE: usize = O::CHUNK_LEN + MAX_PADDING + BLOCK_LEN;

    /// Give every lane something to hash; false when there is nothing left, or the run is to stop.
    fn top_up(&mut self, observe: &impl Fn(usize) -> O) -> bool {
        let mut busy = false;
        for n in 0..self.lanes.len() {
            while self.lanes[n].as_ref().is_none_or(|lane| lane.ready.is_empty()) {
                if self.is_stopped() {
                    return false;
                }
                if !self.feed(n, observe) {
                    break;
                }
            }
            busy |= self.lanes[n].is_some();
        }
        busy
    }

    fn is_stopped(&self) -> bool {
        self.queue.progress.check().is_err() || self.queue.stopped.load(Ordering::Relaxed)
    }

    /// Bring lane `n` one thing further: an item begun, a chunk read or an item ended. False if there is
    /// no item left to begin.
    fn feed(&mut self, n: usize, observe: &impl Fn(usize) -> O) -> bool {
        match self.lanes[n].take() {
            None => {
                let Some(&index) =
                    self.queue.order.get(self.queue.next.fetch_add(1, Ordering::Relaxed))
                else {
                    return false;
                };
                let algorithm = (self.queue.algorithm)(index);
                match Lane::open(index, &self.queue.items[index], algorithm, observe(index)) {
                    Ok(lane) => self.lanes[n] = Some(lane),
                    Err(error) => self.record(index, Err(error)),
                }
            }
            Some(lane) if lane.is_done() => {
                let index = lane.index;
                let result = lane.finish();
                self.record(index, result);
            }
            Some(mut lane) => {
                let buffer = &mut self.buffers[n * Self::STRIDE..(n + 1) * Self::STRIDE];
                match lane.fill(buffer) {
                    Ok(len) => {
                        self.queue.progress.add_bytes(len as u64);
                        self.lanes[n] = Some(lane);
                    }
                    Err(error) => self.record(lane.index, Err(error)),
                }
            }
        }
        true
    }

    fn record(&mut self, index: usize, result: Result<Seen<O>>) {
        if result.is_err() && self.queue.on_error == OnError::Stop {
            self.queue.stopped.store(true, Ordering::Relaxed);
        }
        self.queue.progress.add_file();
        self.results.push((index, result));
    }

    /// Hash as many blocks as every busy lane has ready.
    fn advance(&mut self, simd: Simd) {
        let busy = self.lanes.iter_mut().zip(self.buffers.chunks_exact(Self::STRIDE));
        let mut busy: Vec<_> =
            busy.filter_map(|(lane, buffer)| Some((lane.as_mut()?, buffer))).collect();
        let count = busy.iter().map(|(lane, _)| lane.ready.len()).min().unwrap_or(0) / BLOCK_LEN;
        let chains = busy.iter_mut().map(|(lane, buffer)| {
            let Lane { chain, ready, .. } = &mut **lane;
            (chain, &buffer[ready.clone()])
        });
        advance(simd, chains, count);
        for (lane, _) in &mut busy {
            lane.ready.start += count * BLOCK_LEN;
        }
    }
}
