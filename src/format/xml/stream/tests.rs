use std::fmt::Write as _;
use std::io::{self, BufReader, Read};

use proptest::prelude::*;

use super::{Limits, Stream};
use crate::format::xml::{Fault, Reader, Reason};

const LIMITS: Limits = Limits { size: 1 << 20, piece: 1000, text: 2000, depth: 40 };

/// The texts of `<list>`'s children, of which `skip` is passed over.
fn texts(document: &[u8], chunk: usize) -> Result<Vec<String>, Fault> {
    let mut stream = Stream::open(BufReader::with_capacity(chunk, document), LIMITS)?;
    let mut texts = vec![];
    stream.child()?;
    while stream.child()? {
        match stream.name() {
            "skip" => stream.skip()?,
            _ => texts.push(stream.text()?.to_owned()),
        }
    }
    stream.finish()?;
    Ok(texts)
}

fn fault(document: impl AsRef<[u8]>) -> Fault {
    texts(document.as_ref(), 64).unwrap_err()
}

fn reason(document: impl AsRef<[u8]>) -> Reason {
    fault(document).reason
}

#[test]
fn texts_are_the_same_wherever_a_chunk_ends() {
    let document = "\u{feff}<?xml version='1.0' encoding='utf-8'?><!-- a --><list>
        <a>&lt;&amp;&gt;&quot;&apos;&#65;&#x42;</a><b> x <!-- no --> y</b><c><![CDATA[<&]]></c><d/>
        <skip deep='1'><er><and>&amp;</and></er>text</skip><e>\u{e4}\r\n\u{1f600}\rc&#13;&#10;</e></list>
        <!-- z -->\n";

    for chunk in 1..=document.len() + 1 {
        let expected = ["<&>\"'AB", " x  y", "<&", "", "\u{e4}\n\u{1f600}\nc\r\n"];
        assert_eq!(texts(document.as_bytes(), chunk).unwrap(), expected, "{chunk}");
    }
}

#[test]
fn attributes_are_told_by_name() {
    let document = br#"<list><a b="&lt;1" c='2'/><d/></list>"#;
    let mut stream = Stream::open(&document[..], LIMITS).unwrap();
    stream.child().unwrap();
    stream.child().unwrap();

    assert_eq!(stream.attribute("b").unwrap().as_deref(), Some("<1"));
    assert_eq!(stream.attribute("e").unwrap(), None);
    stream.skip().unwrap();
    stream.child().unwrap();
    assert_eq!((stream.name(), stream.attribute("b").unwrap()), ("d", None));
}

#[test]
fn the_place_of_a_fault_is_that_in_the_file() {
    let fault = fault("\u{feff}<list>\n <a>x</a>\n <b>&nope;</b></list>");

    assert_eq!(fault.to_string(), "line 3, byte 24: entity `&nope;`, which XML does not define");
}

#[test]
fn what_is_no_sound_document_is_refused() {
    for document in [
        "text",
        "<list>text</list>text",
        "<list",
        "<list>",
        "<list><a>x</b></list>",
        "<list><a b=1/></list>",
        "<list><a b='1' b='2'/></list>",
        "<list><a>&#x110000;</a></list>",
        "</list>",
        "<!x>",
    ] {
        let found = reason(document);
        assert!(matches!(found, Reason::Syntax(_) | Reason::Misplaced(_)), "{document}: {found}");
    }
    assert_eq!(reason("<list>text</list>"), Reason::Misplaced("text"));
    assert_eq!(reason("<list><a>1<b/></a></list>"), Reason::Misplaced("element"));
    assert_eq!(reason("<list/><list/>"), Reason::More);
    assert_eq!(reason("<list><a>&a;</a></list>"), Reason::Entity("a".to_owned()));
    assert!(matches!(reason("<list><a>\u{1}</a></list>"), Reason::Character(_)));
}

#[test]
fn other_encodings_and_document_types_are_refused() {
    assert_eq!(reason(b"\xff\xfe<\0l\0"), Reason::Utf16);
    assert_eq!(reason(b"\0<\0l"), Reason::Utf16);
    assert_eq!(reason(b"<list><a>\xff</a></list>"), Reason::NotUtf8);
    let latin = "<?xml version='1.0' encoding='ISO-8859-1'?><list/>";
    assert_eq!(reason(latin), Reason::Encoding("ISO-8859-1".to_owned()));
    assert_eq!(reason("<!DOCTYPE list [<!ENTITY a 'b'>]><list>&a;</list>"), Reason::DocumentType);
    assert_eq!(reason("<list><skip>&a;</skip></list>"), Reason::Entity("a".to_owned()));
}

#[test]
fn bounds_hold_in_what_is_skipped_too() {
    let long = "x".repeat(1001);
    let piece = Reason::Length("tag or text", 1000);
    assert_eq!(reason(format!("<list><skip>{long}</skip></list>")), piece);
    assert_eq!(reason(format!("<list><skip {long}='1'/></list>")), piece);
    assert_eq!(reason(format!("<list><!-- {long} --></list>")), piece);
    assert_eq!(reason(format!("<!DOCTYPE {long}><list/>")), piece);
    let texts = "&amp;".repeat(2001);
    assert_eq!(reason(format!("<list><a>{texts}</a></list>")), Reason::Length("text", 2000));
    let deep = "<skip>".repeat(41);
    assert_eq!(reason(format!("<list>{deep}")), Reason::Depth(40));
    let mut attributes = String::new();
    for number in 0..65 {
        write!(attributes, " a{number}='1'").unwrap();
    }
    assert_eq!(reason(format!("<list><skip{attributes}/></list>")), Reason::Attributes);
}

/// Text without an end, of which as much is read as is taken.
struct Endless(usize);

impl Read for Endless {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        buffer.fill(b'x');
        self.0 += buffer.len();
        assert!(self.0 < 10_000, "more is read than any piece may have");
        Ok(buffer.len())
    }
}

#[test]
fn a_piece_without_an_end_is_not_read_to_its_end() {
    for beginning in ["<list>", "<list><a ", "<list><![CDATA[", "<list>&", "<list><!--", "<"] {
        let input = BufReader::with_capacity(64, beginning.as_bytes().chain(Endless(0)));
        let mut stream = Stream::open(input, LIMITS).unwrap();

        let found = stream.child().and_then(|_| stream.child()).unwrap_err();

        assert_eq!(found.reason, Reason::Length("tag or text", 1000), "{beginning}");
    }
}

#[test]
fn a_document_is_not_read_beyond_its_limit() {
    let document = format!("<list>{}</list>", "<a/>".repeat(1000));
    let limits = Limits { size: 100, ..LIMITS };
    let mut stream = Stream::open(document.as_bytes(), limits).unwrap();
    stream.child().unwrap();

    let found = stream.skip().unwrap_err();

    assert_eq!(found.reason, Reason::TooLarge { size: 102, limit: 100 });
}

struct Broken;

impl Read for Broken {
    fn read(&mut self, _: &mut [u8]) -> io::Result<usize> {
        Err(io::ErrorKind::BrokenPipe.into())
    }
}

#[test]
fn an_input_that_fails_is_told() {
    let input = BufReader::new((&b"<list><a>"[..]).chain(Broken));
    let mut stream = Stream::open(input, LIMITS).unwrap();
    stream.child().unwrap();
    stream.child().unwrap();

    let found = stream.text().unwrap_err();

    assert_eq!(found.reason, Reason::Unreadable(io::ErrorKind::BrokenPipe));
}

proptest! {
    /// Where both take a document they read the same; ours is the stricter one with text between elements.
    #[test]
    fn it_reads_what_the_reader_of_whole_documents_reads(
        pieces in proptest::collection::vec(
            prop_oneof![
                "<[ab]>", "</[ab]>", "<[ab]/>", "[ x\n]{0,3}", "&(amp|lt|x|#65|#);", "<!--[a<-]-->",
                "<!\\[CDATA\\[[a<]\\]\\]>", "<[ab] c='[d&]'>", "<\\?a\\?>",
            ],
            0..8,
        ),
        chunk in 1_usize..9,
    ) {
        let document = format!("<list>{}</list>", pieces.concat());
        let whole = whole_texts(document.as_bytes());

        match texts(document.as_bytes(), chunk) {
            Ok(texts) => prop_assert_eq!(texts, whole.unwrap()),
            Err(fault) => prop_assert!(fault.offset <= document.len()),
        }
    }
}

fn whole_texts(document: &[u8]) -> Result<Vec<String>, Fault> {
    let (mut reader, _root) = Reader::open(document, 1 << 20, None, "list")?;
    let mut texts = vec![];
    while reader.child()?.is_some() {
        texts.push(reader.text()?.into_owned());
    }
    reader.finish()?;
    Ok(texts)
}
