//! From a composition to what is shown of it.

use std::collections::{HashMap, HashSet};

use super::essence;
use super::model::{
    ShownComposition, ShownLocale, ShownMarker, ShownResource, ShownSegment, ShownTimecode,
    ShownTrack, ShownVersion,
};
use super::timeline;
use crate::format::imf::model::{
    Composition, CompositionTimecode, Locale, Resource, Segment, Sequence, Source,
};
use crate::format::imf::{Content, Document, NodeId, Uuid};
use crate::job::imf::package::{Loaded, Package};
use crate::job::imf::rules::descriptor::{Descriptor, encoding_of, file_of};

/// The composition of a document; `None` if it is another one.
pub(super) fn of(loaded: &Loaded, package: &Package) -> Option<ShownComposition> {
    let Content::Composition(composition) = &loaded.document.content else { return None };
    let descriptors = Descriptor::all(&loaded.document, composition);
    let view = View { document: &loaded.document, descriptors, composition, package };
    let duration = timeline::composition_length(composition);
    let (versions, locales) = (composition.content_versions.iter(), composition.locales.iter());
    Some(ShownComposition {
        file: loaded.name.clone(),
        folder: 0,
        id: composition.id,
        title: composition.title.clone(),
        annotation: composition.annotation.clone(),
        kind: composition.content_kind.clone(),
        issuer: composition.issuer.clone(),
        creator: composition.creator.clone(),
        issue_date: composition.issue_date.clone(),
        content_originator: composition.content_originator.clone(),
        content_versions: versions.map(version).collect(),
        edit_rate: composition.edit_rate,
        duration,
        timecode: view.timecode(duration),
        total_running_time: composition.total_running_time.clone(),
        composition_timecode: composition.timecode.as_ref().map(own_timecode),
        applications: composition.applications.clone(),
        locales: locales.map(locale).collect(),
        is_signed: composition.is_signed,
        segments: view.segments(),
        tracks: view.tracks(),
    })
}

fn version((id, label): &(String, Option<String>)) -> ShownVersion {
    ShownVersion { id: id.clone(), label: label.clone() }
}

fn own_timecode(timecode: &CompositionTimecode) -> ShownTimecode {
    let (rate, drop_frame) = (timecode.rate, timecode.drop_frame);
    ShownTimecode { start: timecode.start.clone(), rate, drop_frame }
}

fn locale(locale: &Locale) -> ShownLocale {
    ShownLocale {
        annotation: locale.annotation.clone(),
        languages: locale.languages.clone(),
        regions: locale.regions.clone(),
    }
}

/// A composition with what is needed to look at it.
struct View<'v> {
    document: &'v Document,
    descriptors: HashMap<Uuid, Descriptor<'v>>,
    composition: &'v Composition,
    package: &'v Package,
}

impl View<'_> {
    fn timecode(&self, units: Option<u64>) -> Option<String> {
        timeline::timecode(units?, self.composition.edit_rate?)
    }

    fn line(&self, at: NodeId) -> usize {
        self.document.tree.node(at).line()
    }

    fn segments(&self) -> Vec<ShownSegment> {
        let mut start = Some(0);
        let segment = |segment: &Segment| {
            let rate = self.composition.edit_rate;
            let duration = rate.and_then(|rate| timeline::segment_length(segment, rate));
            let shown = ShownSegment {
                id: segment.id,
                annotation: segment.annotation.clone(),
                start,
                duration,
                timecode: self.timecode(duration),
                line: self.line(segment.at),
            };
            start = add(start, duration);
            shown
        };
        self.composition.segments.iter().map(segment).collect()
    }

    /// Tracks by their ids; a sequence without one is a track by itself.
    fn tracks(&self) -> Vec<ShownTrack> {
        let mut tracks: Vec<ShownTrack> = vec![];
        let starts: Vec<_> = self.segments().iter().map(|segment| segment.start).collect();
        for (n, segment) in self.composition.segments.iter().enumerate() {
            for sequence in &segment.sequences {
                let same = |track: &ShownTrack| track.id.is_some() && track.id == sequence.track_id;
                let at = tracks.iter().position(same).unwrap_or_else(|| {
                    tracks.push(empty(sequence));
                    tracks.len() - 1
                });
                self.extend(&mut tracks[at], sequence, n, starts[n]);
            }
        }
        tracks
    }

    /// Add what a track has in a segment.
    fn extend(&self, track: &mut ShownTrack, sequence: &Sequence, n: usize, start: Option<u64>) {
        let mut start = start;
        for resource in &sequence.resources {
            let shown = self.resource(resource, n, start);
            track.markers.extend(self.markers(resource, start));
            track.edit_rate = track.edit_rate.or(shown.edit_rate);
            track.duration = add(track.duration, shown.duration);
            start = add(start, shown.duration);
            track.resources.push(shown);
        }
        self.describe(track, sequence);
    }

    fn describe(&self, track: &mut ShownTrack, sequence: &Sequence) {
        let mut seen = HashSet::new();
        let encodings = sequence.resources.iter().filter_map(encoding_of);
        for id in encodings.filter(|id| seen.insert(*id)) {
            let Some(descriptor) = self.descriptors.get(&id).copied() else { continue };
            let codec = essence::summary(descriptor);
            track.codec = match track.codec.take() {
                Some(codecs) if codecs.split("; ").any(|known| known == codec) => Some(codecs),
                Some(codecs) => Some(format!("{codecs}; {codec}")),
                None => Some(codec),
            };
            track.channels = track.channels.or_else(|| essence::channels(descriptor));
            for language in descriptor.languages() {
                if !track.languages.contains(&language) {
                    track.languages.push(language);
                }
            }
        }
    }

    fn resource(&self, resource: &Resource, n: usize, start: Option<u64>) -> ShownResource {
        let rate = self.composition.edit_rate;
        let track_file_id = file_of(resource);
        let found = track_file_id.and_then(|id| self.package.find(id));
        let file = found.and_then(|(_, listed)| listed.place.file());
        let duration = rate.and_then(|rate| timeline::length(resource, rate));
        ShownResource {
            id: resource.id,
            segment: n,
            start,
            duration,
            timecode: self.timecode(start),
            duration_timecode: self.timecode(duration),
            edit_rate: resource.edit_rate.or(rate),
            entry_point: resource.entry_point.unwrap_or(0),
            source_duration: resource.played(),
            intrinsic_duration: resource.intrinsic_duration,
            repeat_count: resource.repeat_count.unwrap_or(1),
            track_file_id,
            source_encoding: encoding_of(resource),
            file: file.map(|file| file.name.clone()),
            folder: file.and(found).map(|(folder, _)| folder),
            line: self.line(resource.at),
        }
    }

    /// Markers are counted from the first edit unit that there is, whether it is played or not.
    fn markers(&self, resource: &Resource, start: Option<u64>) -> Vec<ShownMarker> {
        let Source::Markers(markers) = &resource.source else { return vec![] };
        let entry = resource.entry_point.unwrap_or(0);
        let shown = markers.iter().map(|marker| {
            let played = marker.offset.and_then(|offset| offset.checked_sub(entry));
            let offset = self.convert(played, resource).and_then(|offset| add(start, Some(offset)));
            ShownMarker {
                label: marker.label.clone(),
                scope: marker.scope.clone(),
                offset,
                timecode: self.timecode(offset),
                annotation: marker.annotation.clone(),
                line: self.line(marker.at),
            }
        });
        shown.collect()
    }

    /// Edit units of a resource as those of the composition.
    fn convert(&self, units: Option<u64>, resource: &Resource) -> Option<u64> {
        let rate = self.composition.edit_rate?;
        timeline::convert(units?, resource.edit_rate.unwrap_or(rate), rate)
    }
}

fn add(start: Option<u64>, duration: Option<u64>) -> Option<u64> {
    start?.checked_add(duration?)
}

fn empty(sequence: &Sequence) -> ShownTrack {
    ShownTrack {
        id: sequence.track_id,
        kind: sequence.kind.clone(),
        namespace: sequence.namespace.clone(),
        languages: vec![],
        codec: None,
        channels: None,
        duration: Some(0),
        edit_rate: None,
        resources: vec![],
        markers: vec![],
    }
}
