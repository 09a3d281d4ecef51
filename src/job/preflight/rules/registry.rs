//! The table of all rules.
//!
//! `names` looks at names and sizes, `frames` at what the pass over the bytes brought.

use super::header::PROPERTIES;
use super::{Kind, Parameter, Type};
use super::{Pass, case::Case};
use super::{archival, debris, footage, frame, header, list, name, path, repeat, sequence};
use super::{upload, zip};

type Names = fn(&mut Case<'_>);
type Frames = fn(&mut Case<'_>, &mut Pass<'_>);

const fn of_names(id: &'static str, about: &'static str, look: Names) -> Kind {
    Kind { id, about, parameters: &[], names: Some(look), frames: None }
}

const fn of_frames(id: &'static str, about: &'static str, look: Frames) -> Kind {
    Kind { id, about, parameters: &[], names: None, frames: Some(look) }
}

const fn with(kind: Kind, parameters: &'static [Parameter]) -> Kind {
    let Kind { id, about, names, frames, .. } = kind;
    Kind { id, about, parameters, names, frames }
}

const fn set(name: &'static str, kind: Type) -> Parameter {
    Parameter { name, kind }
}

const CHARACTERS: &[Parameter] = &[set("allowed", Type::Text), set("count-root", Type::Switch)];
const LENGTH: &[Parameter] = &[set("limit", Type::Count), set("count-root", Type::Switch)];
const LIMIT: &[Parameter] = &[set("limit", Type::Count)];
const CHUNK: &[Parameter] = &[set("chunk", Type::Count)];
const BESIDE: &[Parameter] = &[set("beside", Type::Word(&["files", "frames"]))];
const NAMES: &[Parameter] = &[set("names", Type::Texts)];
const OF: &[Parameter] = &[set("of", Type::Words(&PROPERTIES))];
const LEAST: &[Parameter] = &[set("least", Type::Count)];
const FORBIDDEN: &[Parameter] = &[set("forbidden", Type::Text)];
const PICTURE: &[Parameter] = &[
    set("asset-types", Type::Texts),
    set("pictures", Type::Texts),
    set("least-width", Type::Count),
    set("least-height", Type::Count),
];

/// All rules, by family.
pub(in crate::job::preflight) static RULES: [Kind; 49] = [
    with(
        of_names("name.characters", "characters that are not allowed", name::characters),
        CHARACTERS,
    ),
    of_names("name.encoding", "names that are not UTF-8", name::encoding),
    of_names("name.case", "names that differ only in case", name::case),
    of_names("name.unicode-form", "names that differ only in Unicode form", name::unicode_form),
    with(of_names("path.length", "paths that are too long", path::length), LENGTH),
    with(of_names("upload.files", "more files than one upload takes", upload::files), LIMIT),
    with(of_names("upload.transfers", "how many transfers it becomes", upload::transfers), CHUNK),
    with(of_names("list.missing", "folders without a checksum.txt", list::missing), BESIDE),
    of_names("list.tool", "whether a list of this tool is accepted", list::tool),
    of_frames("list.changed", "files that are not as their list says", list::changed),
    of_frames("list.unlisted", "files that no list names", list::unlisted),
    Kind {
        id: "list.absent",
        about: "names in a list without a file",
        parameters: &[],
        names: None,
        frames: None,
    },
    of_names("sequence.gap", "frames missing inside a sequence", sequence::gap),
    of_names("sequence.islands", "gaps that are meant", sequence::islands),
    of_names("sequence.extent", "frames missing at head or tail, or too many", sequence::extent),
    of_names("sequence.padding", "one name with several paddings", sequence::padding),
    of_names("sequence.duplicate-frame", "one number in two files", sequence::duplicate_frame),
    of_names("sequence.negative", "negative frame numbers", sequence::negative),
    with(of_frames("sequence.identical", "runs of identical frames", repeat::identical), LEAST),
    Kind {
        frames: Some(frame::mark_empty),
        ..of_names("frame.empty", "frames without a byte", frame::empty)
    },
    of_names("frame.size-by-name", "DPX frames of another size", frame::size_by_name),
    of_frames("frame.size", "frames of another size than their headers ask for", frame::size),
    of_frames("frame.unreadable", "files that cannot be read", frame::unreadable),
    of_frames("frame.header", "headers that are not understood", frame::header),
    of_frames("frame.format", "frames of another format than their name says", frame::format),
    of_frames("frame.truncated", "frames shorter than their header says", frame::truncated),
    with(
        of_frames("frame.differs", "frames that differ from their neighbours", header::differs),
        OF,
    ),
    of_names("file.empty", "other files without a byte", frame::empty_file),
    with(
        of_names("debris.system-file", "files systems make for themselves", debris::system_file),
        NAMES,
    ),
    of_names("debris.hidden-file", "hidden files", debris::hidden_file),
    of_names("debris.hidden-folder", "hidden folders", debris::hidden_folder),
    of_names("debris.broken-link", "links that lead nowhere", debris::broken_link),
    of_names("debris.link-to-folder", "links to folders", debris::link_to_folder),
    of_names("debris.special-file", "devices, sockets and pipes", debris::special_file),
    of_names("archival.folder-name", "fields of an asset's folder", archival::folder_name),
    of_names("archival.vocabulary", "values of those fields", archival::vocabulary),
    of_names("archival.file-name", "frames not named as their folder", archival::file_name),
    of_names("archival.frame-name", "where the frame number stands", archival::frame_name),
    with(of_frames("archival.picture", "formats of an asset's frames", archival::picture), PICTURE),
    of_names("zip.flat", "sub-folders in what is to be a flat zip", zip::flat),
    of_names("zip.accepted", "whether a zip is still taken", zip::accepted),
    of_names("footage.no-roll", "no folder that is a roll", footage::no_roll),
    of_names("footage.mhl-missing", "rolls without an MHL", footage::mhl_missing),
    of_names("footage.mhl-second", "rolls with more than one MHL", footage::mhl_second),
    with(
        of_names("footage.roll-name", "characters a roll may not have", footage::roll_name),
        FORBIDDEN,
    ),
    of_names("footage.roll-twice", "two rolls of one name", footage::roll_twice),
    of_names("footage.drive-root", "rolls at the root of a drive", footage::drive_root),
    with(
        of_names("footage.rolls", "more rolls than one upload takes", footage::rolls_limit),
        LIMIT,
    ),
    with(of_names("footage.size", "more bytes than one upload takes", footage::size), LIMIT),
];
