use std::borrow::Cow;
use std::time::Instant;

use super::{Fault, MAX_DEPTH, MAX_LEN, Reader, Reason, Writer};

const LIMIT: usize = 200 << 20;

/// The texts of `<list>`'s children; what every list does with a document.
fn texts(document: impl AsRef<[u8]>) -> Result<Vec<String>, Fault> {
    let (mut reader, _root) = Reader::open(document.as_ref(), LIMIT, None, "list")?;
    let mut texts = vec![];
    while let Some(element) = reader.child()? {
        match element.name() {
            "skip" => reader.skip()?,
            _ => texts.push(reader.text()?.into_owned()),
        }
    }
    reader.finish()?;
    Ok(texts)
}

fn reason(document: impl AsRef<[u8]>) -> Reason {
    texts(document).unwrap_err().reason
}

#[test]
fn escapes_comments_and_cdata_are_text() {
    let document = "\u{feff}<?xml version='1.0' encoding='utf-8'?><!-- a --><list>
        <a>&lt;&amp;&gt;&quot;&apos;&#65;&#x42;</a><b> x <!-- no --> y</b><c><![CDATA[<&]]></c><d/>
        <skip deep='1'><er><and>&amp;</and></er>text</skip><e>a\r\nb\rc&#13;&#10;</e></list><!-- z -->\n";
    let expected = ["<&>\"'AB", " x  y", "<&", "", "a\nb\nc\r\n"];

    assert_eq!(texts(document).unwrap(), expected);
}

#[test]
fn the_place_of_a_fault_is_that_in_the_file() {
    let fault = texts("\u{feff}<list>\n <a>x</a>\n <b>&nope;</b></list>").unwrap_err();

    assert_eq!(fault.to_string(), "line 3, byte 24: entity `&nope;`, which XML does not define");
    let fault = texts("<list>\n\n  text</list>").unwrap_err();
    assert_eq!((fault.line, fault.offset), (3, 10));
    let fault = texts("<list>\n<a>").unwrap_err();
    assert_eq!(fault.to_string(), "line 2, byte 10: the document is cut off");
}

#[test]
fn what_is_no_sound_document_is_refused() {
    let syntax =
        |document: &str| assert!(matches!(reason(document), Reason::Syntax(_)), "{document}");
    syntax("<list>");
    syntax("<list><a>x</b></list>");
    syntax("<list><a>x</list>");
    syntax("<list><a>&#x110000;</a></list>");
    syntax("<list><a>&unended</a></list>");
    syntax("<list><a");
    let root = |found: &str| Reason::Root { expected: "list", found: found.to_owned() };
    assert_eq!(reason(""), root(""));
    assert_eq!(reason("<html></html>"), root("html"));
    assert_eq!(reason("<list></list><list/>"), Reason::More);
    assert_eq!(reason("<list></list>more"), Reason::Misplaced("text"));
    assert_eq!(reason("<list>text</list>"), Reason::Misplaced("text"));
    assert_eq!(reason("<list><a><b/></a></list>"), Reason::Misplaced("element"));
    assert!(matches!(reason("<list><a>\u{1}</a></list>"), Reason::Character(_)));
    assert!(matches!(reason("<list><a>&#1;</a></list>"), Reason::Character(_)));
}

#[test]
fn other_encodings_are_refused_by_their_names() {
    let document = "<?xml version=\"1.0\" encoding=\"UTF-16\"?><list/>";
    let little: Vec<u8> = document.encode_utf16().flat_map(u16::to_le_bytes).collect();
    let marked: Vec<u8> =
        format!("\u{feff}{document}").encode_utf16().flat_map(u16::to_be_bytes).collect();
    assert_eq!(reason(little), Reason::Utf16);
    assert_eq!(reason(marked), Reason::Utf16);
    assert_eq!(reason(document), Reason::Encoding("UTF-16".to_owned()));
    let latin = b"<?xml version=\"1.0\" encoding=\"ISO-8859-1\"?>\n<list>\xe4</list>";
    let fault = texts(latin).unwrap_err();
    assert_eq!((fault.line, fault.offset, fault.reason), (2, 50, Reason::NotUtf8));
}

#[test]
fn attributes_are_read_once() {
    let document = "<list a='&lt;1&#65;' p:a='2' xmlns:p='x' t='a' t='b' bad/>";
    let (reader, root) = Reader::open(document.as_bytes(), LIMIT, None, "list").unwrap();
    let read = |name| match reader.attributes(&root, [name]) {
        Ok([value]) => Ok(value.map(Cow::into_owned)),
        Err(fault) => Err(fault.reason),
    };

    assert!(matches!(read("a"), Err(Reason::Syntax(_))), "the last one has no value");
    let document = document.replace(" bad", "");
    let (reader, root) = Reader::open(document.as_bytes(), LIMIT, None, "list").unwrap();
    let read = |name| match reader.attributes(&root, [name]) {
        Ok([value]) => Ok(value.map(Cow::into_owned)),
        Err(fault) => Err(fault.reason),
    };
    assert_eq!(read("a"), Ok(Some("<1A".to_owned())));
    assert_eq!(read("none"), Ok(None));
    assert_eq!(read("t"), Err(Reason::Twice("t")));
}

#[test]
fn elements_of_other_namespaces_are_not_known() {
    let document =
        "<p:list xmlns:p='urn:ours' xmlns='urn:theirs'><p:a/><a/><b xmlns='urn:ours'/></p:list>";
    let open = Reader::open(document.as_bytes(), LIMIT, Some("urn:ours"), "list");
    let (mut reader, _root) = open.unwrap();
    let mut names = vec![];
    while let Some(element) = reader.child().unwrap() {
        names.push(element.name().to_owned());
        reader.skip().unwrap();
    }
    assert_eq!(names, ["a", "", "b"]);

    let other = Reader::open(document.as_bytes(), LIMIT, Some("urn:theirs"), "list");
    let message = "line 1, byte 0: `list of another namespace`, not `list`";
    assert!(other.is_err_and(|fault| fault.to_string() == message));
    let undeclared = Reader::open(b"<p:list/>", LIMIT, Some("urn:ours"), "list");
    assert!(undeclared.is_err_and(|fault| matches!(fault.reason, Reason::Syntax(_))));
}

#[test]
fn a_document_over_the_limit_is_refused() {
    let document = b"<list></list>";
    let open = |limit| Reader::open(document, limit, None, "list").map(|_| ());
    assert_eq!(open(13), Ok(()));
    let reason = Reason::TooLarge { size: 13, limit: 12 };
    assert_eq!(open(12), Err(Fault { line: 1, offset: 0, reason }));
}

/// Prints how long each took, with `--nocapture`: quickly is what a person would call so.
#[test]
fn documents_that_attack_a_reader_are_refused() {
    type Attack = (&'static str, fn() -> String, Reason);
    let attacks: [Attack; 6] = [
        (
            "an attribute of 100 MB",
            || format!("<list a='{}'></list>", "x".repeat(100 << 20)),
            Reason::Length("tag", MAX_LEN),
        ),
        (
            "a text of 100 MB",
            || format!("<list><a>{}</a></list>", "x".repeat(100 << 20)),
            Reason::Length("text", MAX_LEN),
        ),
        ("a billion laughs", billion_laughs, Reason::DocumentType),
        (
            "an entity from a file",
            || "<!DOCTYPE l [<!ENTITY x SYSTEM \"/etc/passwd\">]><list><a>&x;</a></list>".into(),
            Reason::DocumentType,
        ),
        (
            "a million elements in one another",
            || format!("<list><skip>{}", "<a>".repeat(1_000_000)),
            Reason::Depth(MAX_DEPTH),
        ),
        (
            "200,000 prefixes",
            || {
                format!(
                    "<list{}/>",
                    (0..200_000).fold(String::new(), |all, n| all + &format!(" xmlns:n{n}='u'"))
                )
            },
            Reason::Length("tag", MAX_LEN),
        ),
    ];
    for (name, document, expected) in attacks {
        let document = document();
        let started = Instant::now();
        let found = reason(&document);
        report(name, started);
        assert_eq!(found, expected, "{name}");
    }
}

fn billion_laughs() -> String {
    let laughs =
        (1..10).map(|n| format!("<!ENTITY lol{n} \"{}\">", format!("&lol{};", n - 1).repeat(10)));
    let laughs: String = laughs.collect();
    format!("<!DOCTYPE l [<!ENTITY lol0 \"lol\">{laughs}]><list><a>&lol9;</a></list>")
}

#[test]
fn a_tag_with_too_many_attributes_or_prefixes_is_refused() {
    let tag = |attribute: fn(usize) -> String| {
        format!("<list{}/>", (0..1_000).map(attribute).collect::<String>())
    };
    let attributes = tag(|n| format!(" a{n}=''"));
    let (reader, root) = Reader::open(attributes.as_bytes(), LIMIT, None, "list").unwrap();
    assert_eq!(reader.attributes(&root, ["b"]).unwrap_err().reason, Reason::Attributes);

    let prefixes = tag(|n| format!(" xmlns:n{n}='u'"));
    let open = Reader::open(prefixes.as_bytes(), LIMIT, Some("u"), "list");
    assert!(open.is_err_and(|fault| matches!(fault.reason, Reason::Syntax(_))));
}

#[expect(clippy::print_stderr, reason = "what a test measured")]
fn report(name: &str, started: Instant) {
    eprintln!("{name}: refused after {:?}", started.elapsed());
}

#[test]
fn what_is_written_is_read() {
    let text = " <&>\"'\u{e4}\u{1f600}\r\n\t]]> ";
    let mut out = Writer::with_capacity(0);
    out.open("list", " a=\"b\"");
    out.leaf("a", text).unwrap();
    out.start("b");
    out.attribute_text("c", text).unwrap();
    out.attribute("d", 1);
    out.value(2);
    out.end("b");
    out.close("list");
    let document = out.finish();

    assert_eq!(texts(&document).unwrap(), [text, "2"]);
    let (mut reader, _root) = Reader::open(document.as_bytes(), LIMIT, None, "list").unwrap();
    reader.child().unwrap();
    reader.skip().unwrap();
    let b = reader.child().unwrap().unwrap();
    assert_eq!(reader.attributes(&b, ["c", "d"]).unwrap(), [Some(text.into()), Some("1".into())]);
    assert!(Writer::with_capacity(0).leaf("a", "\u{b}").is_err());
    assert!(Writer::with_capacity(0).leaf("a", "\u{ffff}").is_err());
}
