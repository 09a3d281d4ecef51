//! What a folder lies on: a spinning disk wants one reader at a time, others want many.
//!
//! Only Linux is asked. Elsewhere the answer is "not known", which counts as not spinning; a network
//! share is not known anywhere. `--readers 1` says so by hand.

use std::path::Path;

/// Whether `path` lies on a disk that the system calls rotational; `None` where it does not say.
#[cfg(target_os = "linux")]
pub fn is_rotational(path: &Path) -> Option<bool> {
    linux::is_rotational(Path::new("/sys"), path)
}

/// The portable way: not known.
#[cfg(not(target_os = "linux"))]
pub fn is_rotational(_path: &Path) -> Option<bool> {
    None
}

#[cfg(target_os = "linux")]
mod linux {
    use std::fs;
    use std::os::unix::fs::MetadataExt;
    use std::path::{Path, PathBuf};

    use rustix::fs::{major, minor};

    /// Deeper stacks of loop devices, mappers and arrays are not followed.
    const DEPTH: usize = 8;

    pub(super) fn is_rotational(sys: &Path, path: &Path) -> Option<bool> {
        device_of(sys, path).and_then(|device| spins(sys, &device, DEPTH))
    }

    /// The folder under `/sys` of the disk that holds `path`, partitions resolved.
    fn device_of(sys: &Path, path: &Path) -> Option<PathBuf> {
        let device = fs::metadata(path).ok()?.dev();
        let number = format!("{}:{}", major(device), minor(device));
        let folder = fs::canonicalize(sys.join("dev/block").join(number)).ok()?;
        if folder.join("partition").exists() {
            return folder.parent().map(Path::to_owned);
        }
        Some(folder)
    }

    /// A stack spins if one of the disks below it does.
    pub(super) fn spins(sys: &Path, device: &Path, depth: usize) -> Option<bool> {
        let depth = depth.checked_sub(1)?;
        if let Ok(file) = fs::read_to_string(device.join("loop/backing_file")) {
            return spins(sys, &device_of(sys, Path::new(file.trim_end()))?, depth);
        }
        let below: Vec<_> =
            fs::read_dir(device.join("slaves")).into_iter().flatten().flatten().collect();
        if !below.is_empty() {
            return below
                .iter()
                .filter_map(|entry| fs::canonicalize(entry.path()).ok())
                .filter_map(|device| spins(sys, &device, depth))
                .reduce(|a, b| a || b);
        }
        leaf_spins(device)
    }

    /// A virtual disk's driver does not know what lies below, and the kernel's default is "rotational":
    /// not an answer.
    fn leaf_spins(device: &Path) -> Option<bool> {
        let driver = fs::canonicalize(device.join("device/subsystem")).ok();
        let name = driver.as_deref().and_then(Path::file_name).and_then(|name| name.to_str());
        if matches!(name, Some("virtio" | "xen" | "vmbus")) {
            return None;
        }
        let flag = fs::read_to_string(device.join("queue/rotational")).ok()?;
        Some(flag.trim() == "1")
    }

    #[cfg(test)]
    mod tests {
        use std::fs;
        use std::os::unix::fs::symlink;
        use std::path::Path;

        use super::{DEPTH, spins};

        /// A disk as `/sys` shows it, made in a temporary folder.
        fn disk(sys: &Path, name: &str, bus: &str, rotational: &str) {
            let folder = sys.join(name);
            fs::create_dir_all(folder.join("queue")).unwrap();
            fs::create_dir_all(folder.join("device")).unwrap();
            fs::create_dir_all(sys.join(bus)).unwrap();
            fs::write(folder.join("queue/rotational"), rotational).unwrap();
            symlink(sys.join(bus), folder.join("device/subsystem")).unwrap();
        }

        #[test]
        fn a_disk_is_what_the_system_calls_it_unless_its_driver_cannot_know() {
            let sys = tempfile::tempdir().unwrap();
            let cases = [
                ("scsi", "1\n", Some(true)),
                ("nvme", "0\n", Some(false)),
                ("virtio", "1\n", None),
            ];
            for (bus, flag, expected) in cases {
                disk(sys.path(), &format!("disk-{bus}"), bus, flag);
                assert_eq!(
                    spins(sys.path(), &sys.path().join(format!("disk-{bus}")), DEPTH),
                    expected,
                    "{bus}"
                );
            }
        }

        #[test]
        fn an_array_spins_if_one_of_its_disks_does() {
            let sys = tempfile::tempdir().unwrap();
            disk(sys.path(), "a", "scsi", "0\n");
            disk(sys.path(), "b", "scsi", "1\n");
            let slaves = sys.path().join("md0/slaves");
            fs::create_dir_all(&slaves).unwrap();
            symlink(sys.path().join("a"), slaves.join("a")).unwrap();
            assert_eq!(spins(sys.path(), &sys.path().join("md0"), DEPTH), Some(false));

            symlink(sys.path().join("b"), slaves.join("b")).unwrap();

            assert_eq!(spins(sys.path(), &sys.path().join("md0"), DEPTH), Some(true));
        }
    }
}
