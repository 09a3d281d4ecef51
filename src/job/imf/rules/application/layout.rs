//! The components of a picture, as its JPEG 2000 sub descriptor lists them.

use std::collections::BTreeMap;

use super::super::Sink;
use super::super::descriptor::{Component, Descriptor};
use super::image::{BITS, Model, range_of};
use crate::format::xml::NodeId;

/// What stands where there is no component.
const NONE: &str = "CompNull";

/// Entries of a layout: three are of the picture.
const ENTRIES: usize = 8;

/// Bits of a component of the picture; what is wrong with the list is said.
pub(super) fn bits(
    descriptor: Descriptor<'_>,
    model: Model,
    findings: &mut Sink<'_>,
) -> Option<i64> {
    let bits = listed(descriptor, findings).and_then(|(at, components)| {
        counts(at, &components, model, findings);
        sizes(&components, findings)
    });
    if model == Model::Yuv {
        depth(descriptor, bits, findings);
    }
    bits
}

fn listed(descriptor: Descriptor<'_>, findings: &mut Sink<'_>) -> Option<(NodeId, Vec<Component>)> {
    let Some(sub) = descriptor.below_of("JPEG2000SubDescriptor").next() else {
        let has_list = descriptor.has("SubDescriptors");
        let message = if has_list { "no JPEG2000SubDescriptor" } else { "no SubDescriptors" };
        let at = descriptor.place("SubDescriptors");
        findings.say("application.j2k-sub-descriptor", at, None, message.to_owned());
        return None;
    };
    let components = sub.components("J2CLayout");
    let message = match &components {
        None => "no J2CLayout",
        Some(components) if components.is_empty() => "no RGBAComponent in the J2CLayout",
        Some(_) => return components.map(|components| (sub.place("J2CLayout"), components)),
    };
    findings.say("application.j2c-layout", sub.place("J2CLayout"), None, message.to_owned());
    None
}

fn codes(model: Model) -> [&'static str; 3] {
    match model {
        Model::Rgb => ["CompRed", "CompGreen", "CompBlue"],
        Model::Yuv => ["CompLuma", "CompColorDifferenceU", "CompColorDifferenceV"],
    }
}

fn counts(at: NodeId, components: &[Component], model: Model, findings: &mut Sink<'_>) {
    let mut found: BTreeMap<&str, usize> = BTreeMap::new();
    for component in components {
        match component.code.as_deref() {
            Some(code) if code == NONE || codes(model).contains(&code) => {
                *found.entry(code).or_default() += 1;
            }
            Some(code) => {
                say(component.at, format!("`{code}` is no component of {model}"), findings);
            }
            None => say(component.at, "a component without a code".to_owned(), findings),
        }
    }
    let wanted = codes(model).map(|code| (code, 1)).into_iter().chain([(NONE, ENTRIES - 3)]);
    for (code, wanted) in wanted {
        let count = found.get(code).copied().unwrap_or(0);
        if count != wanted {
            say(at, format!("{count} of `{code}`, not {wanted}"), findings);
        }
    }
}

/// All that are something are as large as the first.
fn sizes(components: &[Component], findings: &mut Sink<'_>) -> Option<i64> {
    let mut first = None;
    for component in components {
        let Some(code) = &component.code else { continue };
        let Some(size) = component.size else {
            say(component.at, format!("`{code}` has no size"), findings);
            continue;
        };
        let wanted = if code == NONE { 0 } else { *first.get_or_insert(size) };
        if size != wanted {
            say(component.at, format!("`{code}` has {size} bits, not {wanted}"), findings);
        }
    }
    first
}

/// Where no layout tells the bits, the levels of black and white do.
fn depth(descriptor: Descriptor<'_>, bits: Option<i64>, findings: &mut Sink<'_>) {
    let found = descriptor.number("ComponentDepth");
    let of_levels = levels(descriptor);
    let message = match (found, bits.or(of_levels)) {
        (None, _) => "no ComponentDepth".to_owned(),
        (Some(found), Some(bits)) if found != bits => {
            let what = if of_levels == Some(bits) { "levels" } else { "components" };
            format!("ComponentDepth is {found}, the {what} have {bits} bits")
        }
        (Some(_), _) => return,
    };
    let at = descriptor.place("ComponentDepth");
    findings.say("application.component-depth", at, None, message);
}

/// The bits at which black and white have these levels.
fn levels(descriptor: Descriptor<'_>) -> Option<i64> {
    let low = descriptor.number("BlackRefLevel")?;
    let high = descriptor.number("WhiteRefLevel")?;
    BITS.into_iter().find(|bits| range_of(*bits, low, high).is_some())
}

fn say(at: NodeId, message: String, findings: &mut Sink<'_>) {
    findings.say("application.rgba-component", at, None, message);
}
