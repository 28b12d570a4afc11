//! On which kind of file system a database file lies: SQLite's locks and its shared memory hold on one machine only
//! (<https://www.sqlite.org/wal.html>).

use std::fs;
use std::os::unix::fs::MetadataExt;
use std::path::Path;

use crate::store::disk::folder_of;
use crate::store::open_error::OpenError;

/// File systems of other machines, as `/proc/self/mountinfo` names them.
const OF_OTHER_MACHINES: &[&str] = &[
    "afs",
    "beegfs",
    "ceph",
    "cifs",
    "coda",
    "davfs",
    "fuse.ceph",
    "fuse.ceph-fuse",
    "fuse.davfs",
    "fuse.gcsfuse",
    "fuse.glusterfs",
    "fuse.rclone",
    "fuse.s3fs",
    "fuse.sshfs",
    "glusterfs",
    "lustre",
    "ncpfs",
    "nfs",
    "nfs4",
    "smb2",
    "smb3",
    "smbfs",
];
/// May be another machine's, or a folder of the host of a container or a virtual machine.
const DOUBTFUL: &[&str] = &["9p", "fakeowner", "prl_fs", "vboxsf", "virtiofs"];

/// Refuses a database file on a network file system; where that cannot be told, the log warns.
pub(in crate::store) fn refuse_network_file_system(path: &Path) -> Result<(), OpenError> {
    // Only Linux has the list; where it is missing nothing can be told.
    let (Ok(folder), Ok(mounts)) = (fs::metadata(folder_of(path)), fs::read_to_string("/proc/self/mountinfo")) else {
        return Ok(());
    };
    judge(path, kind_of(&mounts, folder.dev()))
}

fn judge(path: &Path, kind: Option<&str>) -> Result<(), OpenError> {
    match kind {
        Some(kind) if OF_OTHER_MACHINES.contains(&kind) => {
            Err(OpenError::NetworkFileSystem { path: path.to_owned(), kind: kind.to_owned() })
        }
        Some(kind) if DOUBTFUL.contains(&kind) || kind.starts_with("fuse.") => {
            tracing::warn!(
                "the database file {} lies on {kind}: if that is another machine's disk, SQLite can corrupt the file",
                path.display()
            );
            Ok(())
        }
        _ => Ok(()),
    }
}

/// The kind of the file system with this device number
/// (<https://docs.kernel.org/filesystems/proc.html#proc-pid-mountinfo-information-about-mounts>).
fn kind_of(mounts: &str, device: u64) -> Option<&str> {
    // As the C library puts a device number together.
    let major = (device >> 8 & 0xfff) | (device >> 32 & !0xfff);
    let minor = (device & 0xff) | (device >> 12 & !0xff);
    let device = format!("{major}:{minor}");
    let mount = mounts.lines().rev().find(|line| line.split(' ').nth(2) == Some(&device))?;
    mount.split_once(" - ")?.1.split(' ').next()
}

#[cfg(test)]
mod tests {
    use super::*;

    const MOUNTS: &str = "\
27 1 254:0 / / rw,relatime - ext4 /dev/vda rw
25 24 0:23 / /dev/shm rw,relatime - tmpfs tmpfs rw,size=24684096k
40 27 0:45 / /srv/nas rw,relatime shared:7 - nfs4 nas:/export rw,vers=4.2
41 27 0:46 / /home/me/my\\040files rw - fuse.sshfs me@host:/ rw
42 27 259:1048577 / /big rw - xfs /dev/nvme9n1p1 rw";

    #[test]
    fn the_kind_of_a_file_system_is_found_by_its_device() {
        assert_eq!(kind_of(MOUNTS, 254 << 8), Some("ext4"));
        assert_eq!(kind_of(MOUNTS, 45), Some("nfs4"));
        assert_eq!(kind_of(MOUNTS, 46), Some("fuse.sshfs"));
        assert_eq!(kind_of(MOUNTS, (0x100000 << 12) | (259 << 8) | 1), Some("xfs"));
        assert_eq!(kind_of(MOUNTS, 99), None);
        assert_eq!(kind_of("", 45), None);
    }

    #[test]
    fn a_file_on_another_machine_is_refused_and_one_that_may_be_there_is_not() {
        let refused = |kind| judge(Path::new("/srv/nas/keydesk.db"), kind).err().map(|error| error.to_string());
        for kind in ["nfs4", "cifs", "fuse.sshfs"] {
            let sentence = refused(Some(kind)).unwrap();
            assert!(sentence.starts_with("the database file /srv/nas/keydesk.db lies on a network file system"));
            assert!(sentence.contains(kind), "{sentence}");
        }
        for kind in [None, Some("ext4"), Some("tmpfs"), Some("9p"), Some("fuse.bindfs")] {
            assert_eq!(refused(kind), None, "{kind:?}");
        }
    }

    #[test]
    fn this_machines_folders_are_found_and_taken() {
        let folder = tempfile::tempdir().unwrap();
        let mounts = fs::read_to_string("/proc/self/mountinfo").unwrap();
        assert_ne!(kind_of(&mounts, fs::metadata("/proc").unwrap().dev()), None);
        assert!(refuse_network_file_system(&folder.path().join("keydesk.db")).is_ok());
    }
}
