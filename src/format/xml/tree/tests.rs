use std::borrow::Cow;

use proptest::prelude::*;
use quick_xml::events::Event;
use quick_xml::name::ResolveResult;

use super::{Node, Tree};
use crate::format::xml::{Fault, MAX_DEPTH, MAX_LEN, Reason};

const LIMIT: usize = 1 << 20;

const DOCUMENT: &str = "\u{feff}<?xml version='1.0' encoding='utf-8'?>
<!-- made by hand --><?pi some thing?>
<list xmlns='urn:one' xmlns:o=\"urn:two\" o:kind=\"a&amp;b\"
   plain='x\ty'>
  <item>first</item><o:item/><item a='1' >
    sec<!-- no -->ond <deep><item>1</item></deep> &lt;&#65;<![CDATA[<&]]>\r\n</item>
  <other xmlns=''><none xmlns:o='urn:three'><o:item> </o:item></none></other>
</list> <!-- the end -->\n";

fn tree(document: impl AsRef<[u8]>) -> Result<Tree, Fault> {
    Tree::parse(document.as_ref(), LIMIT)
}

fn reason(document: impl AsRef<[u8]>) -> Reason {
    tree(document).unwrap_err().reason
}

/// All elements, outermost first.
fn all(node: Node<'_>) -> Vec<Node<'_>> {
    std::iter::once(node).chain(node.children().flat_map(all)).collect()
}

#[test]
fn elements_have_names_namespaces_and_places() {
    let tree = tree(DOCUMENT).unwrap();

    let seen: Vec<_> =
        all(tree.root()).iter().map(|node| (node.line(), node.namespace(), node.path())).collect();

    let expected = [
        (3, "urn:one", "list"),
        (5, "urn:one", "list/item[1]"),
        (5, "urn:two", "list/item[2]"),
        (5, "urn:one", "list/item[3]"),
        (6, "urn:one", "list/item[3]/deep"),
        (6, "urn:one", "list/item[3]/deep/item"),
        (8, "", "list/other"),
        (8, "", "list/other/none"),
        (8, "urn:three", "list/other/none/item"),
    ];
    let expected = expected.map(|(line, namespace, path)| (line, namespace, path.to_owned()));
    assert_eq!(seen, expected);
}

#[test]
fn children_are_found_by_name_and_namespace() {
    let tree = tree("<a xmlns='urn:a' xmlns:b='urn:b'><b:x/><x>1</x><x>2</x></a>").unwrap();
    let root = tree.root();

    assert_eq!(root.child("x").map(Node::text), Some(Cow::Borrowed("1")));
    assert_eq!(root.find("x").map(Node::namespace), Some("urn:b"));
    assert!(root.child("a").is_none() && root.parent().is_none());
    assert_eq!(root.find("x").and_then(Node::parent).map(Node::id), Some(root.id()));
}

#[test]
fn texts_are_decoded_and_trimmed_when_asked_for() {
    let tree = tree(DOCUMENT).unwrap();
    let texts: Vec<_> = tree.root().children().map(Node::text).collect();

    assert_eq!(texts, ["first", "", "second  <A<&", ""]);
    assert!(matches!(texts[0], Cow::Borrowed(_)));
    let second = tree.root().children().nth(2).unwrap();
    assert_eq!(second.content(), "\n    second  <A<&\n");
    assert_eq!(second.find("deep").unwrap().source(), "<deep><item>1</item></deep>");
}

#[test]
fn attributes_are_decoded_and_declarations_are_none() {
    let tree = tree(DOCUMENT).unwrap();
    let attributes: Vec<_> = tree.root().attributes().collect();

    assert_eq!(attributes, [("o:kind", "a&b".into()), ("plain", "x y".into())]);
    assert_eq!(tree.root().attribute("kind").as_deref(), Some("a&b"));
    assert_eq!(tree.root().attribute("o"), None);
    let innermost = all(tree.root()).pop().unwrap();
    assert_eq!(
        ["o", "", "xml", "p"].map(|prefix| innermost.resolve(prefix).is_some()),
        [true, true, true, false]
    );
    assert_eq!((innermost.resolve("o"), innermost.resolve("")), (Some("urn:three"), Some("")));
    assert_eq!(tree.root().resolve(""), Some("urn:one"));
}

#[test]
fn a_document_comes_back_as_it_was_without_its_mark() {
    assert_eq!(tree(DOCUMENT).unwrap().render(), DOCUMENT.trim_start_matches('\u{feff}'));
}

#[test]
fn what_is_not_well_formed_is_refused() {
    let documents = [
        "",
        " ",
        "text",
        "<a>",
        "<a/><",
        "<a></b>",
        "</a>",
        "<a/>text",
        "text<a/>",
        "<a/>&#65;",
        "<a><b></a></b>",
        "<a b='1' b='2'/>",
        "<a b=1/>",
        "<a b/>",
        "<a b='<'/>",
        "<1a/>",
        "<a:/>",
        "<:a/>",
        "<a:b/>",
        "<a b:c='1'/>",
        "<a>]]></a>",
        "<a><!-- -- --></a>",
        "<a>&#0;</a>",
        "<a b='&#1;'/>",
        "<a b='&x;'/>",
        "<a>&x;</a>",
        "<a>&</a>",
        "<a>\u{1}</a>",
        "<a/><b/>",
        " <?xml version='1.0'?><a/>",
        "<a><?xml version='1.0'?></a>",
        "<a xmlns:b=''/>",
        "<a xmlns:xml='urn:x'/>",
        "<a xmlns:b='http://www.w3.org/XML/1998/namespace'/>",
        "<a b='1'c='2'/>",
        "<?a:b?><a/>",
        "<?xml?><a/>",
        "<?xml encoding='UTF-8'?><a/>",
        "<?xml version='1.0'encoding='UTF-8'?><a/>",
        "<?xml version='1.0' more='1'?><a/>",
        "<?xml version='1.0' standalone='?'?><a/>",
        "<?xml version='2.0'?><a/>",
        "<a xmlns:xmlns='urn:x'/>",
        "<a b:c:d='1'/>",
        "<!DOCTYPE a><a/>",
    ];
    for document in documents {
        assert!(tree(document).is_err(), "{document}");
    }
    assert_eq!(reason("<!DOCTYPE a><a/>"), Reason::DocumentType);
    assert_eq!(reason("<a/><b/>"), Reason::More);
    assert_eq!(reason("<a>&x;</a>"), Reason::Entity("x".to_owned()));
    assert_eq!(reason(b"\xff\xfe<\0"), Reason::Utf16);
    assert_eq!(
        reason("<?xml version='1.0' encoding='latin1'?><a/>"),
        Reason::Encoding("latin1".to_owned())
    );
}

#[test]
fn the_place_of_a_fault_counts_the_mark() {
    let fault = tree("\u{feff}<list>\n <a>x</a>\n <b>&nope;</b></list>").unwrap_err();

    assert_eq!(fault.to_string(), "line 3, byte 24: entity `&nope;`, which XML does not define");
}

#[test]
fn bounds_are_kept() {
    let deep = |depth| "<a>".repeat(depth) + &"</a>".repeat(depth);
    assert!(tree(deep(32)).is_ok());
    assert_eq!(reason(deep(33)), Reason::Depth(MAX_DEPTH));
    let attributes = |count| {
        let attributes: Vec<_> = (0..count).map(|n| format!(" a{n}=''")).collect();
        format!("<a{}/>", attributes.concat())
    };
    assert!(tree(attributes(64)).is_ok());
    assert_eq!(reason(attributes(65)), Reason::Attributes);
    let long = |len| format!("<a>{}</a>", "x".repeat(len));
    assert!(tree(long(128 * 1024)).is_ok());
    assert_eq!(reason(long(128 * 1024 + 1)), Reason::Length("text", MAX_LEN));
    assert_eq!(reason(" ".repeat(LIMIT + 1)), Reason::TooLarge { size: LIMIT + 1, limit: LIMIT });
}

/// What another reader of the same crate tells of a document, with each prefix resolved.
fn events(document: &str) -> Vec<String> {
    let mut reader = quick_xml::NsReader::from_str(document);
    reader.config_mut().expand_empty_elements = true;
    let mut events = vec![];
    loop {
        match reader.read_resolved_event().unwrap() {
            (_, Event::Eof) => return events,
            (namespace, event) => events.push(format!("{namespace:?} {event:?}")),
        }
    }
}

/// Elements with attributes, texts, comments and namespaces, some of them inside one another.
fn element() -> impl Strategy<Value = String> {
    let text =
        "[ a-z\u{e4}\u{1f3ac}\r\n]{0,6}(&amp;|&#65;|<!-- c -->|<!\\[CDATA\\[<\\]\\]>|<\\?p i\\?>)?";
    let tag =
        "(n:)?[a-c](\\.[a-c])?( xmlns='urn:[xy]')?( xmlns:n='urn:[xy]')?( k='[a-z&]{0}&lt;\t')?";
    let leaf = (tag, text).prop_map(|(tag, text)| whole(&tag, &text));
    leaf.prop_recursive(4, 40, 5, move |inner| {
        (tag, text, proptest::collection::vec(inner, 0..5))
            .prop_map(|(tag, text, inner)| whole(&tag, &(inner.join(&text) + &text)))
    })
}

fn whole(tag: &str, content: &str) -> String {
    let name = tag.split(' ').next().unwrap_or_default();
    if content.is_empty() { format!("<{tag}/>") } else { format!("<{tag}>{content}</{name} >") }
}

proptest! {
    #[test]
    fn a_document_written_back_has_the_same_infoset(inner in element()) {
        let document = format!("<!--a--><root xmlns:n='urn:n'>{inner}</root><?b c?>");
        let rendered = tree(&document).unwrap().render();

        prop_assert_eq!(events(&rendered), events(&document));
    }

    #[test]
    fn nodes_tell_what_another_reader_tells(inner in element()) {
        let document = format!("<root xmlns:n='urn:n'>{inner}</root>");
        let tree = tree(&document).unwrap();
        let mut reader = quick_xml::NsReader::from_str(&document);
        for node in all(tree.root()) {
            loop {
                let (namespace, event) = reader.read_resolved_event().unwrap();
                let (Event::Start(tag) | Event::Empty(tag)) = event else { continue };
                let name = match namespace {
                    ResolveResult::Bound(name) => name.into_inner(),
                    _ => "",
                };
                prop_assert_eq!((node.name(), node.namespace()), (tag.local_name().into_inner(), name));
                break;
            }
            let again = super::Tree::parse(format!("<r xmlns:n='urn:n'>{}</r>", node.source()).as_bytes(), LIMIT).unwrap();
            prop_assert_eq!(again.root().children().next().unwrap().text(), node.text());
        }
    }

    #[test]
    fn no_bytes_make_it_panic(bytes: Vec<u8>) {
        let _any_answer = tree(bytes);
    }

    #[test]
    fn no_change_of_a_byte_makes_it_panic(at in 0..DOCUMENT.len(), byte: u8) {
        let mut bytes = DOCUMENT.as_bytes().to_vec();
        bytes[at] = byte;
        if let Ok(tree) = tree(bytes) {
            for node in all(tree.root()) {
                let _any_answer = (node.text(), node.path(), node.attributes().count());
            }
        }
    }
}
