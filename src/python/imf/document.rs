//! A document as JSON, which Python makes its classes of: keys are the fields of the model, and each object
//! begins with its line and element.

use serde_json::{Map, Value, json};

use crate::digest::Algorithm;
use crate::format::imf::model::{
    AssetMap, Chunk, Composition, CompositionTimecode, EssenceDescriptor, Locale, MappedAsset,
    Marker, OutputProfile, PackedAsset, PackingList, Resource, Segment, Sequence, Source,
    VolumeIndex,
};
use crate::format::imf::{Content, Document, NodeId, Rational, Uuid};
use crate::job::imf::kind_name;

/// All that is known of a document; `path` is what the caller called it.
pub(super) fn document(
    path: &str,
    document: &Document,
    severity: impl Fn(&str) -> &'static str,
) -> Value {
    let problems = document.problems.iter().map(|problem| {
        let (line, element) = document.place(problem.at);
        json!({ "rule": problem.rule, "severity": severity(problem.rule), "line": line,
            "element": element, "message": problem.message })
    });
    let unknown = document.unknown.iter().map(|&at| {
        let (line, element) = document.place(at);
        let node = document.tree.node(at);
        json!({ "line": line, "element": element, "namespace": node.namespace(), "name": node.name() })
    });
    json!({
        "file": path,
        "kind": kind_name(document.kind()),
        "namespace": document.namespace,
        "problems": problems.collect::<Vec<_>>(),
        "unknown": unknown.collect::<Vec<_>>(),
        "content": Writer(document).content(),
    })
}

struct Writer<'a>(&'a Document);

impl Writer<'_> {
    fn content(&self) -> Value {
        match &self.0.content {
            Content::AssetMap(map) => self.asset_map(map),
            Content::VolumeIndex(volume) => self.volume_index(volume),
            Content::PackingList(list) => self.packing_list(list),
            Content::Composition(composition) => self.composition(composition),
            Content::OutputProfile(profile) => self.output_profile(profile),
        }
    }

    /// The fields, after the place.
    fn object(&self, at: NodeId, fields: Value) -> Value {
        let (line, element) = self.0.place(at);
        let mut object = Map::new();
        object.insert("line".to_owned(), line.into());
        object.insert("element".to_owned(), element.into());
        if let Value::Object(fields) = fields {
            object.extend(fields);
        }
        Value::Object(object)
    }

    fn asset_map(&self, map: &AssetMap) -> Value {
        let fields = json!({
            "id": id(map.id), "annotation": map.annotation, "creator": map.creator, "issuer": map.issuer,
            "issue_date": map.issue_date, "volume_count": map.volume_count,
            "assets": list(&map.assets, |asset| self.mapped_asset(asset)),
        });
        self.object(map.at, fields)
    }

    fn mapped_asset(&self, asset: &MappedAsset) -> Value {
        let fields = json!({
            "id": id(asset.id), "annotation": asset.annotation,
            "is_packing_list": asset.is_packing_list,
            "chunks": list(&asset.chunks, |chunk| self.chunk(chunk)),
        });
        self.object(asset.at, fields)
    }

    fn chunk(&self, chunk: &Chunk) -> Value {
        let fields = json!({ "path": chunk.path, "volume_index": chunk.volume_index,
            "offset": chunk.offset, "length": chunk.length });
        self.object(chunk.at, fields)
    }

    fn volume_index(&self, volume: &VolumeIndex) -> Value {
        self.object(volume.at, json!({ "index": volume.index }))
    }

    fn packing_list(&self, packed: &PackingList) -> Value {
        let fields = json!({
            "id": id(packed.id), "annotation": packed.annotation, "icon_id": id(packed.icon_id),
            "group_id": id(packed.group_id), "issuer": packed.issuer, "creator": packed.creator,
            "issue_date": packed.issue_date,
            "assets": list(&packed.assets, |asset| self.packed_asset(asset)),
        });
        self.object(packed.at, fields)
    }

    fn packed_asset(&self, asset: &PackedAsset) -> Value {
        let fields = json!({
            "id": id(asset.id), "annotation": asset.annotation,
            "digest": asset.digest.map(|digest| digest.to_string()), "hash": asset.hash,
            "hash_algorithm": asset.hash_algorithm,
            "algorithm": asset.algorithm.map(Algorithm::name),
            "size": asset.size, "mime_type": asset.mime_type,
            "original_file_name": asset.original_file_name,
        });
        self.object(asset.at, fields)
    }

    fn composition(&self, composition: &Composition) -> Value {
        let versions =
            list(&composition.content_versions, |(id, label)| json!({ "id": id, "label": label }));
        let fields = json!({
            "id": id(composition.id), "annotation": composition.annotation,
            "issue_date": composition.issue_date, "issuer": composition.issuer,
            "creator": composition.creator, "content_originator": composition.content_originator,
            "title": composition.title, "content_kind": composition.content_kind,
            "content_versions": versions,
            "essence_descriptors": list(&composition.essence_descriptors, |one| self.descriptor(one)),
            "edit_rate": rate(composition.edit_rate),
            "total_running_time": composition.total_running_time,
            "timecode": composition.timecode.as_ref().map(|timecode| self.timecode(timecode)),
            "locales": list(&composition.locales, |locale| self.locale(locale)),
            "applications": composition.applications,
            "segments": list(&composition.segments, |segment| self.segment(segment)),
            "is_signed": composition.is_signed,
        });
        self.object(composition.at, fields)
    }

    fn descriptor(&self, one: &EssenceDescriptor) -> Value {
        let name = one.descriptor.map(|at| self.0.tree.node(at).name().to_owned());
        self.object(one.at, json!({ "id": id(one.id), "descriptor": name }))
    }

    fn timecode(&self, timecode: &CompositionTimecode) -> Value {
        let fields = json!({ "drop_frame": timecode.drop_frame, "rate": timecode.rate,
            "start": timecode.start });
        self.object(timecode.at, fields)
    }

    fn locale(&self, locale: &Locale) -> Value {
        let fields = json!({ "annotation": locale.annotation, "languages": locale.languages,
            "regions": locale.regions });
        self.object(locale.at, fields)
    }

    fn segment(&self, segment: &Segment) -> Value {
        let fields = json!({ "id": id(segment.id), "annotation": segment.annotation,
            "sequences": list(&segment.sequences, |sequence| self.sequence(sequence)) });
        self.object(segment.at, fields)
    }

    fn sequence(&self, sequence: &Sequence) -> Value {
        let fields = json!({ "id": id(sequence.id), "track_id": id(sequence.track_id),
            "kind": sequence.kind, "namespace": sequence.namespace,
            "resources": list(&sequence.resources, |resource| self.resource(resource)) });
        self.object(sequence.at, fields)
    }

    fn resource(&self, resource: &Resource) -> Value {
        let fields = json!({
            "id": id(resource.id), "annotation": resource.annotation,
            "edit_rate": rate(resource.edit_rate),
            "intrinsic_duration": resource.intrinsic_duration, "entry_point": resource.entry_point,
            "source_duration": resource.source_duration, "repeat_count": resource.repeat_count,
            "source": self.source(&resource.source),
        });
        self.object(resource.at, fields)
    }

    fn source(&self, source: &Source) -> Value {
        match source {
            Source::TrackFile { file, encoding, hash, .. } => json!({ "kind": "track file",
                "file": id(*file), "encoding": id(*encoding), "hash": hash }),
            Source::Markers(markers) => json!({ "kind": "markers",
                "markers": list(markers, |marker| self.marker(marker)) }),
            Source::Other(name) => json!({ "kind": "other", "type": name }),
        }
    }

    fn marker(&self, marker: &Marker) -> Value {
        let fields = json!({ "label": marker.label, "scope": marker.scope, "offset": marker.offset,
            "annotation": marker.annotation });
        self.object(marker.at, fields)
    }

    fn output_profile(&self, profile: &OutputProfile) -> Value {
        let fields = json!({
            "id": id(profile.id), "annotation": profile.annotation, "issue_date": profile.issue_date,
            "issuer": profile.issuer, "creator": profile.creator,
            "composition_id": id(profile.composition_id), "macros": profile.macros,
        });
        self.object(profile.at, fields)
    }
}

fn list<T>(items: &[T], one: impl Fn(&T) -> Value) -> Vec<Value> {
    items.iter().map(one).collect()
}

fn id(id: Option<Uuid>) -> Option<String> {
    id.map(|id| id.to_string())
}

fn rate(rate: Option<Rational>) -> Option<String> {
    rate.map(|rate| format!("{}/{}", rate.numerator, rate.denominator))
}
