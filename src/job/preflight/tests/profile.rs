//! Profiles: those that are built in, and what a user makes of them.

use super::{Made, Profile, builtin};
use crate::job::preflight::{BuiltIn, ProfileFault, Severity, Sure};

fn parse(text: &str) -> Profile {
    Profile::parse(text, &|_| None).unwrap()
}

fn fault(text: &str) -> ProfileFault {
    Profile::parse(text, &|_| None).unwrap_err()
}

fn extending(base: &str, text: &str) -> Profile {
    parse(&format!("extends = \"{base}\"\n{text}"))
}

#[test]
fn each_built_in_profile_is_understood_and_named_as_it_says() {
    for BuiltIn { name, title, text } in Profile::all() {
        let profile = parse(text);
        assert_eq!((profile.name.as_str(), profile.title.as_str()), (*name, *title));
        assert_eq!(builtin(name), profile);
    }
    assert_eq!(Profile::builtin("netflix"), None);
}

#[test]
fn what_is_rendered_is_the_same_profile() {
    for BuiltIn { name, .. } in Profile::all() {
        let profile = builtin(name);
        assert_eq!(parse(&profile.render()), profile, "{name}");
    }
    let odd = parse(concat!(
        "name = 'a \"b\" \\ c'\nabout = \"one\\ntwo\\u0085\"\n",
        "[rules.name.characters]\nseverity = \"info\"\ncount-root = false\n",
        "allowed = \"\\t\\\"\\\\\\u007f\\u00e9\"\n",
    ));
    assert_eq!(parse(&odd.render()), odd);
}

#[test]
fn a_severity_is_changed_and_the_rest_stays() {
    let base = builtin("general");
    let profile = extending("general", "[rules.sequence.gap]\nseverity = \"info\"");
    let rule = |profile: &Profile| {
        let mut rules = profile.rules().filter(|(id, _)| *id == "sequence.gap");
        rules.next().map(|(_, rule)| rule.clone()).unwrap()
    };
    assert_eq!(rule(&profile).severity, Severity::Info);
    assert_eq!((rule(&profile).source, rule(&profile).fix), (rule(&base).source, rule(&base).fix));
    let found = Made::frames("x.", [1, 3]).findings(&profile);
    assert_eq!(found.iter().map(|it| it.severity).collect::<Vec<_>>(), [Severity::Info]);
}

#[test]
fn a_rule_that_is_off_does_not_run() {
    let gap = Made::frames("x.", [1, 3]);
    for off in ["rules.sequence.gap.severity = 'off'", "rules.'sequence.gap'.severity = 'off'"] {
        assert_eq!(gap.findings(&extending("general", off)), [], "{off}");
    }
    assert_eq!(gap.findings(&parse("")), []);
}

#[test]
fn a_value_that_is_added_is_known() {
    let asset = Made::frames("show_s01e101_nam_14b.", 1..=2).root("show_s01e101_nam_14b");
    let unknown = |profile: &Profile| {
        let found = asset.findings(profile);
        found.into_iter().filter(|it| it.rule == "archival.vocabulary").collect::<Vec<_>>()
    };
    let found = unknown(&builtin("picture-archival"));
    // The fix holds the line to add, between the last two backticks.
    let line = found[0].fix.as_deref().unwrap().rsplit('`').nth(1).unwrap();
    let profile = extending("picture-archival", line);
    assert_eq!(unknown(&profile), []);
    assert!(profile.vocabulary("bit-depth").unwrap().has("16b"));
}

#[test]
fn values_take_the_place_of_those_of_the_base_and_what_is_added_stays() {
    let text = "[vocabulary.bit-depth]\nadd = [\"14b\"]\nvalues = [\"32b\"]\ncomplete = true";
    let depth = extending("picture-archival", text).vocabulary("bit-depth").unwrap().clone();
    assert_eq!(depth.values.iter().collect::<Vec<_>>(), ["14b", "32b"]);
    assert!(depth.complete && !depth.is_open());
}

#[test]
fn parameters_are_changed() {
    let long = Made::of(["x".repeat(20)]).root("d");
    let profile = |limit: &str| extending("picture-archival", limit);
    let count = |profile: &Profile| {
        long.findings(profile).iter().filter(|it| it.rule == "path.length").count()
    };
    assert_eq!(count(&profile("rules.path.length.limit = 22")), 0);
    assert_eq!(count(&profile("rules.path.length.limit = 0x15")), 1);
    assert_eq!(count(&profile("rules.path.length = { limit = 21, count-root = false }")), 0);
}

#[test]
fn a_rule_of_a_users_own_profile_is_the_profiles_own() {
    let profile = parse("[rules.upload.files]\nseverity = \"warning\"\nlimit = 1");
    let found = Made::of(["a", "b"]).findings(&profile);
    assert_eq!((&*found[0].source, found[0].sure), ("the profile", Sure::Own));
}

#[test]
fn what_is_wrong_is_named_with_its_line() {
    let cases = [
        (
            "name = \"a\"\nrule = 1",
            2,
            "unknown key `rule`; known here: name, title, about, extends",
        ),
        (
            "[rules.name]\nkase = { severity = \"info\" }",
            2,
            "unknown rule `name.kase`; known: name.characters, name.encoding, name.case",
        ),
        ("\n[rules.nam.case]", 2, "unknown rule `nam.case`; known: name.characters"),
        (
            "[rules.name.case]\nlevel = 1",
            2,
            "unknown key `rules.name.case.level`; known here: severity, source, sure, fix",
        ),
        (
            "[rules.name.case]\n\nseverity = \"fatal\"",
            3,
            "`rules.name.case.severity` cannot be `fatal`; known: error, warning, info, off",
        ),
        ("rolls = 1", 1, "`rolls` is to be true or false, not a whole number"),
        ("rules = 1.5", 1, "`rules` is to be a table, not a fraction"),
        (
            "[rules.upload.files]\nlimit = -1",
            2,
            "`rules.upload.files.limit` is to be a whole number from 0 on, not a whole number",
        ),
        ("islands = [1979-05-27]", 1, "`islands` is to be a text, not a date"),
        ("[rules.path.length]\nseverity = \"info\"", 1, "rule `path.length` needs `limit`"),
        ("[rules.name.case]\nsource = \"x\"", 1, "rule `name.case` needs `severity`"),
        (
            "[vocabulary.colour-space]",
            1,
            "unknown key `vocabulary.colour-space`; known here: frame",
        ),
        (
            "[vocabulary.bit-depth]\nvalue = []",
            2,
            "unknown key `vocabulary.bit-depth.value`; known here: values, add, complete",
        ),
        (
            "title = \"a\"\nextends = \"genera\"",
            2,
            "no profile `genera` to extend; built in: general",
        ),
        ("name = \"a\nb\"", 2, ""),
        ("name = 1\nname = 2", 2, ""),
    ];
    for (text, line, message) in cases {
        let fault = fault(text);
        assert_eq!(fault.line, Some(line), "{text}: {fault}");
        assert!(fault.to_string().starts_with(message), "{text}: {fault}");
        assert!(!fault.to_string().contains('\n'), "{text}: {fault}");
    }
}

#[test]
fn a_fault_in_a_base_is_named_with_both_lines() {
    let resolve = |name: &str| (name == "b.toml").then(|| "\n\nnames = 1".to_owned());
    let fault = Profile::parse("\nextends = \"b.toml\"", &resolve).unwrap_err();
    assert_eq!(fault.line, Some(2));
    assert!(fault.to_string().starts_with("in `b.toml`, line 3: unknown key `names`"), "{fault}");
}

#[test]
fn a_chain_that_does_not_end_is_refused() {
    let circle = |name: &str| match name {
        "a" => Some("extends = \"b\"".to_owned()),
        _ => Some("extends = \"a\"".to_owned()),
    };
    let growing = |name: &str| Some(format!("extends = \"{name}x\""));
    for resolve in [&circle as &dyn Fn(&str) -> Option<String>, &growing] {
        let fault = Profile::parse("extends = \"a\"", resolve).unwrap_err();
        assert_eq!(fault.line, Some(1));
        assert!(fault.to_string().contains("`extends` does not come to an end: a, "), "{fault}");
    }
}

#[test]
fn a_chain_of_a_studio_a_show_and_a_vendor_is_taken() {
    let resolve = |name: &str| {
        Some(match name {
            "show" => "extends = \"studio\"\nislands = [\"plates\"]".to_owned(),
            _ => "extends = \"general\"\nrules.sequence.gap.severity = \"off\"".to_owned(),
        })
    };
    let profile = Profile::parse("extends = \"show\"\nname = \"vendor\"", &resolve).unwrap();
    assert_eq!((profile.name.as_str(), &profile.islands[..]), ("vendor", &["plates".into()][..]));
    assert!(profile.rules().all(|(id, _)| id != "sequence.gap"));
}
