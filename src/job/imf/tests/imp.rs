//! Packages in a temporary folder, to be changed.

#![expect(clippy::disallowed_methods, reason = "tests make and break files of their own")]

use std::path::{Path, PathBuf};

use tempfile::TempDir;

use super::mxf::{RGBA, track_file};
use crate::digest::md5::Simd;
use crate::engine::Work;
use crate::engine::pass::Settings;
use crate::engine::state::Choice;
use crate::format::imf::{Edition, Uuid};
use crate::job::imf::{Finding, Made, MakeOptions, Options, Verified, make, verify};
use crate::progress::Progress;
use crate::{Error, Result};

pub(super) const MAP: &str = "ASSETMAP.xml";
pub(super) const LIST: &str = "PKL_00000000-0000-4000-8000-000000000002.xml";
pub(super) const CPL: &str = "CPL.xml";
pub(super) const PICTURE: &str = "picture.mxf";

/// An id that ends in this number.
pub(super) fn id(number: u8) -> Uuid {
    let mut bytes = [0, 0, 0, 0, 0, 0, 0x40, 0, 0x80, 0, 0, 0, 0, 0, 0, 0];
    bytes[15] = number;
    Uuid(bytes)
}

/// Id of the composition.
pub(super) const COMPOSITION: u8 = 3;
/// Id of the picture.
pub(super) const PICTURE_ID: u8 = 4;

/// A folder with a composition that plays a picture, and the lists of both.
pub(super) struct Imp {
    pub(super) folder: TempDir,
}

pub(super) fn options() -> MakeOptions<'static> {
    MakeOptions {
        issuer: "Tests",
        creator: "reelpack",
        annotation: Some("A & B"),
        issue_date: "2026-11-22T10:00:00Z",
        asset_map_id: id(1),
        packing_list_id: id(2),
        edition: Edition::Smpte2016,
        supplement: false,
        replace: true,
    }
}

impl Imp {
    /// Track file and composition, without lists.
    pub(super) fn bare() -> Self {
        let imp = Self { folder: tempfile::tempdir().unwrap() };
        imp.write(PICTURE, &track_file(id(PICTURE_ID), 0, RGBA));
        imp.write(CPL, composition(COMPOSITION, PICTURE_ID).as_bytes());
        imp
    }

    pub(super) fn new() -> Self {
        let imp = Self::bare();
        imp.make(&options()).unwrap();
        imp
    }

    pub(super) fn path(&self) -> &Path {
        self.folder.path()
    }

    pub(super) fn write(&self, name: &str, bytes: &[u8]) {
        let path = self.path().join(name);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, bytes).unwrap();
    }

    pub(super) fn text(&self, name: &str) -> String {
        std::fs::read_to_string(self.path().join(name)).unwrap()
    }

    pub(super) fn remove(&self, name: &str) {
        std::fs::remove_file(self.path().join(name)).unwrap();
    }

    pub(super) fn rename(&self, from: &str, to: &str) {
        std::fs::rename(self.path().join(from), self.path().join(to)).unwrap();
    }

    /// Put another text where this one first stands in a file.
    pub(super) fn edit(&self, name: &str, from: &str, to: &str) {
        let text = self.text(name);
        assert!(text.contains(from), "`{from}` is in {name}:\n{text}");
        self.write(name, text.replacen(from, to, 1).as_bytes());
    }

    pub(super) fn names(&self) -> Vec<String> {
        let all = std::fs::read_dir(self.path()).unwrap();
        let mut names: Vec<_> =
            all.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
        names.sort();
        names
    }

    pub(super) fn make(&self, options: &MakeOptions<'_>) -> Result<Made> {
        with_work(|work| make(self.path(), options, work))
    }

    pub(super) fn verify(&self) -> Verified {
        verified(self.path(), &[])
    }

    /// What is said by rules of this name.
    pub(super) fn said(&self, rule: &str) -> Vec<Finding> {
        of(&self.verify(), rule)
    }
}

pub(super) fn of(verified: &Verified, rule: &str) -> Vec<Finding> {
    let known = crate::job::imf::all_rules().any(|known| known.id == rule);
    assert!(known, "`{rule}` is a rule");
    verified.findings.iter().filter(|finding| finding.rule.id == rule).cloned().collect()
}

pub(super) fn verified(path: &Path, with: &[PathBuf]) -> Verified {
    try_verify(path, &Options { with, studio: true, hashes: true }).unwrap()
}

pub(super) fn try_verify(path: &Path, options: &Options<'_>) -> Result<Verified, Error> {
    with_work(|work| verify(path, options, work))
}

pub(super) fn with_work<T>(work: impl FnOnce(&Work<'_>) -> T) -> T {
    let settings = Settings { jobs: 2, readers: 4, simd: Simd::best() };
    work(&Work { settings: &settings, progress: &Progress::default(), memory: &Choice::none() })
}

/// A rule that is kept by a good package is broken once it is changed so; what is said comes back.
#[track_caller]
pub(super) fn breaks(rule: &str, change: impl FnOnce(&Imp)) -> Finding {
    let imp = Imp::new();
    assert_eq!(imp.said(rule), [], "a good package keeps it");
    change(&imp);
    let said = imp.said(rule);
    said.first().cloned().unwrap_or_else(|| panic!("{rule} in {:#?}", imp.verify().findings))
}

/// Of the edition that asks for no sound, and of an application that nobody knows: what is asked of picture and
/// sound is tested elsewhere.
pub(super) fn composition(own: u8, picture: u8) -> String {
    let (own, picture) = (id(own).urn(), id(picture).urn());
    format!(
        r#"<?xml version="1.0" encoding="UTF-8"?>
<CompositionPlaylist xmlns="http://www.smpte-ra.org/schemas/2067-3/2016" xmlns:cc="http://www.smpte-ra.org/ns/2067-2/2020" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">
  <Id>{own}</Id>
  <IssueDate>2026-11-22T10:00:00Z</IssueDate>
  <ContentTitle>A film</ContentTitle>
  <EssenceDescriptorList>
    <EssenceDescriptor>
      <Id>{encoding}</Id>
      <r:RGBADescriptor xmlns:r="http://www.smpte-ra.org/reg/395/2014/13/1/aaf">
        <r:SampleRate>24/1</r:SampleRate>
      </r:RGBADescriptor>
    </EssenceDescriptor>
  </EssenceDescriptorList>
  <EditRate>24 1</EditRate>
  <ExtensionProperties>
    <cc:ApplicationIdentification>http://example.com/application</cc:ApplicationIdentification>
  </ExtensionProperties>
  <SegmentList>
    <Segment>
      <Id>{segment}</Id>
      <SequenceList>
        <cc:MainImageSequence>
          <Id>{sequence}</Id>
          <TrackId>{track}</TrackId>
          <ResourceList>
            <Resource xsi:type="TrackFileResourceType">
              <Id>{resource}</Id>
              <IntrinsicDuration>48</IntrinsicDuration>
              <EntryPoint>12</EntryPoint>
              <SourceEncoding>{encoding}</SourceEncoding>
              <TrackFileId>{picture}</TrackFileId>
            </Resource>
          </ResourceList>
        </cc:MainImageSequence>
      </SequenceList>
    </Segment>
  </SegmentList>
</CompositionPlaylist>
"#,
        encoding = id(10).urn(),
        segment = id(11).urn(),
        sequence = id(12).urn(),
        track = id(13).urn(),
        resource = id(14).urn(),
    )
}

/// An output profile list for a composition.
pub(super) fn output_profile(own: u8, of: u8) -> String {
    let (own, of) = (id(own).urn(), id(of).urn());
    format!(
        r#"<?xml version="1.0" encoding="UTF-8"?>
<OutputProfileList xmlns="http://www.smpte-ra.org/schemas/2067-100/2014" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">
  <Id>{own}</Id>
  <IssueDate>2026-11-22T10:00:00Z</IssueDate>
  <CompositionPlaylistId>{of}</CompositionPlaylistId>
  <AliasList/>
  <MacroList>
    <Macro xsi:type="PresetMacroType"><Name>preset</Name><Preset>http://example.com/a</Preset></Macro>
  </MacroList>
</OutputProfileList>
"#
    )
}
