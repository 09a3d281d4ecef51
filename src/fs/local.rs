//! Whether a file system belongs to this machine alone.
//!
//! A database that several machines may open needs locks that work between machines and no memory shared
//! by its users. Only Linux is asked, and only names that are known to be local count: elsewhere, and for
//! every other name, the answer is no, which costs some speed and nothing else.

use std::path::Path;

/// Whether `path` lies on a file system that only this machine writes to.
#[cfg(target_os = "linux")]
pub(crate) fn is_local(path: &Path) -> bool {
    rustix::fs::statfs(path).is_ok_and(|about| LOCAL.contains(&about.f_type))
}

/// The portable way: not known to be.
#[cfg(not(target_os = "linux"))]
pub(crate) fn is_local(_path: &Path) -> bool {
    false
}

/// Magic numbers of `statfs(2)`: ext2 to ext4, XFS, Btrfs, tmpfs, overlayfs, F2FS, ZFS, bcachefs.
#[cfg(target_os = "linux")]
const LOCAL: [rustix::fs::FsWord; 8] = [
    0xEF53,
    0x5846_5342,
    0x9123_683E,
    0x0102_1994,
    0x794C_7630,
    0xF2F5_2010,
    0x2FC1_2FC1,
    0xCA45_1A4E,
];
