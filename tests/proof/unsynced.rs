//! A disk on which only what was synced outlives a power cut: a small file system in memory, behind FUSE. One flat
//! folder, as SQLite needs it.

use fuser::{
    BackgroundSession, Config, Errno, FileAttr, FileHandle, FileType, Filesystem, FopenFlags, Generation, INodeNo, LockOwner, MountOption,
    OpenFlags, RenameFlags, ReplyAttr, ReplyCreate, ReplyData, ReplyDirectory, ReplyEmpty, ReplyEntry, ReplyOpen, ReplyWrite, Request,
    TimeOrNow, WriteFlags,
};
use std::collections::BTreeMap;
use std::ffi::{OsStr, OsString};
use std::path::Path;
use std::sync::{Arc, Mutex, MutexGuard};
use std::time::{Duration, SystemTime};
use tempfile::TempDir;

/// How long the kernel may believe what it was told: nobody else changes anything.
const TTL: Duration = Duration::from_secs(60);
/// What a disk writes in one go.
const PAGE: usize = 4096;

/// What programs see, and what lies on the platters.
#[derive(Clone, Default)]
struct Platters {
    files: BTreeMap<u64, Vec<u8>>,
    names: BTreeMap<OsString, u64>,
}

#[derive(Default)]
struct State {
    seen: Platters,
    synced: Platters,
    next: u64,
    cuts: u64,
}

impl State {
    /// A file's content and its name reach the platters, as on ext4.
    fn sync(&mut self, file: u64) -> Result<(), Errno> {
        let content = self.seen.files.get(&file).ok_or(Errno::ENOENT)?.clone();
        self.synced.files.insert(file, content);
        self.synced.names.retain(|_, known| *known != file);
        self.synced.names.extend(self.seen.names.iter().filter(|(_, known)| **known == file).map(|(name, file)| (name.clone(), *file)));
        Ok(())
    }

    /// New, changed and lost names reach the platters.
    fn sync_names(&mut self) {
        self.synced.names = self.seen.names.clone();
        for file in self.synced.names.values() {
            self.synced.files.entry(*file).or_default();
        }
    }

    /// The power goes. Of what was not synced every other time nothing is left, and every other time some pages are, in
    /// no order: a disk writes when it likes.
    fn cut(&mut self) -> usize {
        self.cuts += 1;
        let mut lost = 0;
        let mut chance = Chance(self.cuts);
        let keeps_some = self.cuts.is_multiple_of(2);
        for (file, synced) in &mut self.synced.files {
            let Some(seen) = self.seen.files.get(file) else { continue };
            if synced == seen {
                continue;
            }
            for start in (0..seen.len()).step_by(PAGE) {
                let end = seen.len().min(start + PAGE);
                if synced.get(start..end) == seen.get(start..end) {
                    continue;
                }
                if !keeps_some || chance.is_heads() {
                    lost += 1;
                    continue;
                }
                if synced.len() < end {
                    synced.resize(end, 0);
                }
                synced[start..end].copy_from_slice(&seen[start..end]);
            }
        }
        self.seen = self.synced.clone();
        lost
    }

    fn attributes(&self, file: u64) -> Option<FileAttr> {
        let size = if file == INodeNo::ROOT.0 { 0 } else { self.seen.files.get(&file)?.len() as u64 };
        let folder = file == INodeNo::ROOT.0;
        let then = SystemTime::UNIX_EPOCH;
        Some(FileAttr {
            ino: INodeNo(file),
            size,
            blocks: size.div_ceil(512),
            atime: then,
            mtime: then,
            ctime: then,
            crtime: then,
            kind: if folder { FileType::Directory } else { FileType::RegularFile },
            perm: if folder { 0o700 } else { 0o600 },
            nlink: 1,
            uid: 0,
            gid: 0,
            rdev: 0,
            blksize: 4096,
            flags: 0,
        })
    }
}

/// Heads or tails, the same each time the proof is run (SplitMix64).
struct Chance(u64);

impl Chance {
    fn is_heads(&mut self) -> bool {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        (mixed ^ (mixed >> 27)) & (1 << 40) != 0
    }
}

/// The disk, mounted until it is dropped.
pub struct Disk {
    folder: TempDir,
    state: Arc<Mutex<State>>,
    session: Option<BackgroundSession>,
}

impl Disk {
    pub fn new() -> Self {
        let folder = TempDir::new().expect("a folder");
        let state = Arc::new(Mutex::new(State { next: 2, ..State::default() }));
        let mut disk = Self { folder, state, session: None };
        disk.mount();
        disk
    }

    pub fn path(&self) -> &Path {
        self.folder.path()
    }

    /// The power goes and comes back. How many pages are lost.
    pub fn cut(&mut self) -> usize {
        self.unmount();
        let lost = self.state.lock().expect("the disk").cut();
        self.mount();
        lost
    }

    fn mount(&mut self) {
        let mut config = Config::default();
        config.mount_options = vec![MountOption::FSName("unsynced".to_owned())];
        let files = Files(self.state.clone());
        self.session = Some(fuser::spawn_mount(files, self.folder.path(), &config).expect("a disk of its own needs root and /dev/fuse"));
    }

    fn unmount(&mut self) {
        if let Some(session) = self.session.take() {
            session.umount_and_join().expect("nobody uses the disk");
        }
    }
}

impl Drop for Disk {
    fn drop(&mut self) {
        self.unmount();
    }
}

struct Files(Arc<Mutex<State>>);

impl Files {
    fn state(&self) -> MutexGuard<'_, State> {
        self.0.lock().expect("the disk")
    }
}

fn place(offset: u64) -> usize {
    usize::try_from(offset).expect("a small file")
}

impl Filesystem for Files {
    fn lookup(&self, _: &Request, _: INodeNo, name: &OsStr, reply: ReplyEntry) {
        let state = self.state();
        match state.seen.names.get(name).and_then(|file| state.attributes(*file)) {
            Some(found) => reply.entry(&TTL, &found, Generation(0)),
            None => reply.error(Errno::ENOENT),
        }
    }

    fn getattr(&self, _: &Request, file: INodeNo, _: Option<FileHandle>, reply: ReplyAttr) {
        match self.state().attributes(file.0) {
            Some(found) => reply.attr(&TTL, &found),
            None => reply.error(Errno::ENOENT),
        }
    }

    fn setattr(
        &self,
        _: &Request,
        file: INodeNo,
        _: Option<u32>,
        _: Option<u32>,
        _: Option<u32>,
        size: Option<u64>,
        _: Option<TimeOrNow>,
        _: Option<TimeOrNow>,
        _: Option<SystemTime>,
        _: Option<FileHandle>,
        _: Option<SystemTime>,
        _: Option<SystemTime>,
        _: Option<SystemTime>,
        _: Option<fuser::BsdFileFlags>,
        reply: ReplyAttr,
    ) {
        let mut state = self.state();
        if let (Some(size), Some(content)) = (size, state.seen.files.get_mut(&file.0)) {
            content.resize(place(size), 0);
        }
        match state.attributes(file.0) {
            Some(now) => reply.attr(&TTL, &now),
            None => reply.error(Errno::ENOENT),
        }
    }

    fn create(&self, _: &Request, _: INodeNo, name: &OsStr, _: u32, _: u32, _: i32, reply: ReplyCreate) {
        let mut state = self.state();
        let file = state.next;
        state.next += 1;
        state.seen.files.insert(file, Vec::new());
        state.seen.names.insert(name.to_owned(), file);
        let Some(made) = state.attributes(file) else { return reply.error(Errno::EIO) };
        reply.created(&TTL, &made, Generation(0), FileHandle(file), FopenFlags::empty());
    }

    fn open(&self, _: &Request, file: INodeNo, _: OpenFlags, reply: ReplyOpen) {
        reply.opened(FileHandle(file.0), FopenFlags::FOPEN_KEEP_CACHE);
    }

    fn read(
        &self,
        _: &Request,
        file: INodeNo,
        _: FileHandle,
        offset: u64,
        size: u32,
        _: OpenFlags,
        _: Option<LockOwner>,
        reply: ReplyData,
    ) {
        let state = self.state();
        let Some(content) = state.seen.files.get(&file.0) else { return reply.error(Errno::ENOENT) };
        let start = place(offset).min(content.len());
        let end = content.len().min(start + size as usize);
        reply.data(&content[start..end]);
    }

    fn write(
        &self,
        _: &Request,
        file: INodeNo,
        _: FileHandle,
        offset: u64,
        data: &[u8],
        _: WriteFlags,
        _: OpenFlags,
        _: Option<LockOwner>,
        reply: ReplyWrite,
    ) {
        let mut state = self.state();
        let Some(content) = state.seen.files.get_mut(&file.0) else { return reply.error(Errno::ENOENT) };
        let (start, end) = (place(offset), place(offset) + data.len());
        if content.len() < end {
            content.resize(end, 0);
        }
        content[start..end].copy_from_slice(data);
        reply.written(u32::try_from(data.len()).expect("a small write"));
    }

    fn fsync(&self, _: &Request, file: INodeNo, _: FileHandle, _: bool, reply: ReplyEmpty) {
        match self.state().sync(file.0) {
            Ok(()) => reply.ok(),
            Err(error) => reply.error(error),
        }
    }

    fn fsyncdir(&self, _: &Request, _: INodeNo, _: FileHandle, _: bool, reply: ReplyEmpty) {
        self.state().sync_names();
        reply.ok();
    }

    fn unlink(&self, _: &Request, _: INodeNo, name: &OsStr, reply: ReplyEmpty) {
        // The content stays for those who have it open and for the platters, which still know the name.
        match self.state().seen.names.remove(name) {
            Some(_) => reply.ok(),
            None => reply.error(Errno::ENOENT),
        }
    }

    fn rename(&self, _: &Request, _: INodeNo, name: &OsStr, _: INodeNo, new: &OsStr, _: RenameFlags, reply: ReplyEmpty) {
        let mut state = self.state();
        match state.seen.names.remove(name) {
            Some(file) => {
                state.seen.names.insert(new.to_owned(), file);
                reply.ok();
            }
            None => reply.error(Errno::ENOENT),
        }
    }

    fn readdir(&self, _: &Request, _: INodeNo, _: FileHandle, offset: u64, mut reply: ReplyDirectory) {
        let state = self.state();
        for (position, (name, file)) in state.seen.names.iter().enumerate().skip(place(offset)) {
            if reply.add(INodeNo(*file), position as u64 + 1, FileType::RegularFile, name) {
                break;
            }
        }
        reply.ok();
    }

    fn flush(&self, _: &Request, _: INodeNo, _: FileHandle, _: LockOwner, reply: ReplyEmpty) {
        reply.ok();
    }
}
