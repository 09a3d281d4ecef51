//! `FICLONERANGE`, see `ioctl_ficlonerange(2)`.
#![expect(unsafe_code, reason = "rustix has FICLONE only, which clones whole files")]

use std::fs::File;
use std::io;
use std::os::fd::AsRawFd;

use rustix::ioctl::{Setter, ioctl, opcode};

/// `struct file_clone_range` of `linux/fs.h`.
#[repr(C)]
struct Range {
    source: i64,
    start: u64,
    len: u64,
    offset: u64,
}

/// `_IOW(0x94, 13, struct file_clone_range)`.
const FICLONERANGE: rustix::ioctl::Opcode = opcode::write::<Range>(0x94, 13);

pub(super) fn clone_range(
    source: &File,
    start: u64,
    len: u64,
    target: &File,
    offset: u64,
) -> io::Result<()> {
    let range = Range { source: source.as_raw_fd().into(), start, len, offset };
    // SAFETY: the request reads one `Range` and writes none of our memory; its layout is the kernel's,
    // four 64-bit fields. Both descriptors are open as long as the borrowed files are.
    unsafe { ioctl(target, Setter::<FICLONERANGE, Range>::new(range)) }.map_err(io::Error::from)
}
