//! An index or a label, element by element.

use std::io::BufRead;

use super::model::{Digest, File, Folder, Kind, Volume};
use super::{Bounds, DEEPEST, Fault, LONGEST, LONGEST_PIECE, LONGEST_TEXT, Reason, name};
use crate::format::xml::{Limits, Stream, quote};

const LIMITS: Limits =
    Limits { size: LONGEST, piece: LONGEST_PIECE, text: LONGEST_TEXT, depth: DEEPEST };

/// The partition of the data, unless a tape was formatted in another way.
const DATA: &str = "b";

/// The root, of which the name is that of the volume.
const ROOT: u32 = 0;

pub(super) fn read(input: impl BufRead, bounds: Bounds) -> Result<Volume, Fault> {
    let mut reading =
        Reading { stream: Stream::open(input, LIMITS)?, bounds, entries: 0, bytes: 0 };
    let mut volume = reading.root()?;
    match volume.kind {
        Kind::Index => reading.index(&mut volume)?,
        Kind::Label => reading.label(&mut volume)?,
    }
    reading.check_paths(&volume)?;
    reading.stream.finish()?;
    Ok(volume)
}

struct Reading<R> {
    stream: Stream<R>,
    bounds: Bounds,
    /// Files and folders so far.
    entries: usize,
    /// Bytes of digests so far.
    bytes: u64,
}

/// What is known of an extent, of which nothing else is kept.
#[derive(Default)]
struct Extent {
    offset: Option<u64>,
    count: u64,
    block: u64,
    is_data: bool,
}

/// What is known of a file.
#[derive(Default)]
struct Found {
    name: Option<Box<[u8]>>,
    size: Option<u64>,
    is_link: bool,
    /// The lowest offset that lies on the data partition, and its block.
    start: Option<(u64, u64)>,
    /// Where an extent without an offset begins.
    end: u64,
    digests: Vec<Digest>,
}

impl<R: BufRead> Reading<R> {
    /// Enter the outermost element.
    fn root(&mut self) -> Result<Volume, Fault> {
        if !self.stream.child()? {
            return Err(self.fault(Reason::Empty));
        }
        let kind = match self.stream.name() {
            "ltfsindex" => Kind::Index,
            "ltfslabel" => Kind::Label,
            "ltfsincrementalindex" => return Err(self.fault(Reason::Incremental)),
            other => return Err(self.fault(Reason::Kind(quote(other)))),
        };
        let version = self.stream.attribute("version")?.unwrap_or_default();
        Ok(Volume {
            kind,
            version,
            uuid: String::new(),
            creator: String::new(),
            name: vec![],
            generation: None,
            compression: None,
            data_partition: None,
            files: vec![],
            folders: vec![],
        })
    }

    fn index(&mut self, volume: &mut Volume) -> Result<(), Fault> {
        while self.stream.child()? {
            match self.stream.name() {
                "generationnumber" => volume.generation = Some(self.number("generationnumber")?),
                "directory" if volume.folders.is_empty() => self.tree(volume)?,
                _ => self.about(volume)?,
            }
        }
        Ok(())
    }

    fn label(&mut self, volume: &mut Volume) -> Result<(), Fault> {
        while self.stream.child()? {
            match self.stream.name() {
                "compression" => volume.compression = truth(self.stream.text()?),
                "partitions" => volume.data_partition = self.data_partition()?,
                _ => self.about(volume)?,
            }
        }
        Ok(())
    }

    /// What both of them have.
    fn about(&mut self, volume: &mut Volume) -> Result<(), Fault> {
        match self.stream.name() {
            "creator" => self.stream.text()?.trim_ascii().clone_into(&mut volume.creator),
            "volumeuuid" => volume.uuid = self.stream.text()?.trim_ascii().to_ascii_lowercase(),
            _ => self.stream.skip()?,
        }
        Ok(())
    }

    fn data_partition(&mut self) -> Result<Option<String>, Fault> {
        let mut data = None;
        while self.stream.child()? {
            match self.stream.name() {
                "data" => data = Some(self.stream.text()?.trim_ascii().to_owned()),
                _ => self.stream.skip()?,
            }
        }
        Ok(data)
    }

    /// The root folder with all below it.
    ///
    /// Without recursion: how deep a stack is must not be for an index to say. A folder holds `contents`,
    /// which hold files and folders, so what is open takes turns.
    fn tree(&mut self, volume: &mut Volume) -> Result<(), Fault> {
        let mut open = vec![self.folder(volume, ROOT)?];
        let mut in_contents = false;
        while let Some(&folder) = open.last() {
            if !self.stream.child()? {
                if !in_contents {
                    self.check_folder(volume, folder)?;
                    open.pop();
                }
                in_contents = !in_contents;
                continue;
            }
            match self.stream.name() {
                "name" if !in_contents => self.folder_name(volume, folder)?,
                "contents" if !in_contents => in_contents = true,
                "directory" if in_contents => {
                    open.push(self.folder(volume, folder)?);
                    in_contents = false;
                }
                "file" if in_contents => self.file(volume, folder)?,
                _ => self.stream.skip()?,
            }
        }
        Ok(())
    }

    /// Begin a folder, whose name comes later.
    fn folder(&mut self, volume: &mut Volume, parent: u32) -> Result<u32, Fault> {
        self.count_entry()?;
        let number = u32::try_from(volume.folders.len()).expect("entries are bounded");
        volume.folders.push(Folder { parent, name: Box::default() });
        Ok(number)
    }

    fn folder_name(&mut self, volume: &mut Volume, folder: u32) -> Result<(), Fault> {
        if folder == ROOT {
            volume.name = self.text_of_name()?.into();
        } else {
            volume.folders[folder as usize].name = self.sound_name()?;
        }
        Ok(())
    }

    fn check_folder(&self, volume: &Volume, folder: u32) -> Result<(), Fault> {
        match &*volume.folders[folder as usize].name {
            b"" if folder != ROOT => Err(self.fault(Reason::Name(String::new()))),
            _ => Ok(()),
        }
    }

    fn file(&mut self, volume: &mut Volume, folder: u32) -> Result<(), Fault> {
        self.count_entry()?;
        let mut found = Found::default();
        while self.stream.child()? {
            match self.stream.name() {
                "name" => found.name = Some(self.sound_name()?),
                "length" => found.size = Some(self.number("length")?),
                "symlink" => {
                    found.is_link = true;
                    self.stream.skip()?;
                }
                "extentinfo" => self.extents(&mut found)?,
                "extendedattributes" => self.attributes(&mut found)?,
                _ => self.stream.skip()?,
            }
        }
        if !found.is_link {
            let file = self.finished(found, folder)?;
            volume.files.push(file);
        }
        Ok(())
    }

    fn finished(&self, found: Found, folder: u32) -> Result<File, Fault> {
        let no_name = || self.fault(Reason::Name(String::new()));
        let no_size = || self.fault(Reason::Number { element: "length", value: String::new() });
        Ok(File {
            folder,
            name: found.name.ok_or_else(no_name)?,
            size: found.size.ok_or_else(no_size)?,
            block: found.start.map(|(_, block)| block),
            digests: found.digests.into(),
        })
    }

    fn extents(&mut self, found: &mut Found) -> Result<(), Fault> {
        while self.stream.child()? {
            match self.stream.name() {
                "extent" => {
                    let extent = self.extent()?;
                    found.place(&extent);
                }
                _ => self.stream.skip()?,
            }
        }
        Ok(())
    }

    fn extent(&mut self) -> Result<Extent, Fault> {
        let mut extent = Extent::default();
        let mut block = None;
        while self.stream.child()? {
            match self.stream.name() {
                "partition" => extent.is_data = self.stream.text()?.trim_ascii() == DATA,
                "startblock" => block = Some(self.number("startblock")?),
                "fileoffset" => extent.offset = Some(self.number("fileoffset")?),
                "bytecount" => extent.count = self.number("bytecount")?,
                _ => self.stream.skip()?,
            }
        }
        let no_block =
            || self.fault(Reason::Number { element: "startblock", value: String::new() });
        extent.block = block.ok_or_else(no_block)?;
        Ok(extent)
    }

    fn attributes(&mut self, found: &mut Found) -> Result<(), Fault> {
        while self.stream.child()? {
            match self.stream.name() {
                "xattr" => found.digests.extend(self.attribute()?),
                _ => self.stream.skip()?,
            }
        }
        Ok(())
    }

    /// An extended attribute, if it is a digest. Its key comes first: of others the value is passed over,
    /// which may be larger than what is kept.
    fn attribute(&mut self) -> Result<Option<Digest>, Fault> {
        let mut algorithm = None;
        let mut value = None;
        while self.stream.child()? {
            match self.stream.name() {
                "key" => algorithm = name::algorithm(&self.text_of_name()?),
                "value" if algorithm.is_some() => {
                    value = Some(self.stream.text()?.trim_ascii().to_lowercase());
                }
                _ => self.stream.skip()?,
            }
        }
        let told = algorithm.zip(value).filter(|(name, value)| name::is_digest(name, value));
        let digest = told.map(|(algorithm, value)| Digest { algorithm, value });
        if let Some(Digest { algorithm, value }) = &digest {
            self.count_bytes((algorithm.len() + value.len()) as u64)?;
        }
        Ok(digest)
    }

    /// A name that leads nowhere else.
    fn sound_name(&mut self) -> Result<Box<[u8]>, Fault> {
        let name = self.text_of_name()?;
        if name::is_sound(&name) {
            Ok(name)
        } else {
            Err(self.fault(Reason::Name(quote(&String::from_utf8_lossy(&name)))))
        }
    }

    fn text_of_name(&mut self) -> Result<Box<[u8]>, Fault> {
        let encoded = self.stream.attribute("percentencoded")?;
        let encoded = encoded.is_some_and(|value| truth(&value) == Some(true));
        Ok(name::decoded(self.stream.text()?, encoded))
    }

    fn number(&mut self, element: &'static str) -> Result<u64, Fault> {
        let text = self.stream.text()?.trim_ascii();
        // A sign would be taken too.
        let number = text.bytes().all(|byte| byte.is_ascii_digit()).then(|| text.parse().ok());
        let value = quote(text);
        number.flatten().ok_or_else(|| self.fault(Reason::Number { element, value }))
    }

    fn count_entry(&mut self) -> Result<(), Fault> {
        self.entries += 1;
        if self.entries > self.bounds.entries {
            return Err(self.fault(Reason::Entries(self.bounds.entries)));
        }
        Ok(())
    }

    fn count_bytes(&mut self, bytes: u64) -> Result<(), Fault> {
        self.bytes += bytes;
        if self.bytes > self.bounds.bytes {
            return Err(self.fault(Reason::Bytes(self.bounds.bytes)));
        }
        Ok(())
    }

    /// Refuse paths that are short as they are written and endless when they are put together.
    fn check_paths(&mut self, volume: &Volume) -> Result<(), Fault> {
        let mut lengths: Vec<u64> = Vec::with_capacity(volume.folders.len());
        for folder in &volume.folders {
            let above = lengths.get(folder.parent as usize).copied().unwrap_or_default();
            lengths.push(above + folder.name.len() as u64 + u64::from(!lengths.is_empty()));
        }
        for file in &volume.files {
            self.count_bytes(lengths[file.folder as usize] + file.name.len() as u64)?;
        }
        Ok(())
    }

    #[cold]
    fn fault(&self, reason: Reason) -> Fault {
        Fault { line: self.stream.line(), reason }
    }
}

impl Found {
    /// Take where an extent lies. Of two at one place the first counts.
    fn place(&mut self, extent: &Extent) {
        let offset = extent.offset.unwrap_or(self.end);
        self.end = offset.saturating_add(extent.count);
        if extent.is_data && self.start.is_none_or(|(first, _)| offset < first) {
            self.start = Some((offset, extent.block));
        }
    }
}

/// A truth value of XML Schema.
fn truth(text: &str) -> Option<bool> {
    match text.trim_ascii() {
        "true" | "1" => Some(true),
        "false" | "0" => Some(false),
        _ => None,
    }
}
