//! What the client needs of an `OpenAPI` document; all else in it is passed over.

use serde::Deserialize;

use super::pairs::Pairs;
use super::{Contract, Evidence, Operation, Schema};

#[derive(Deserialize)]
pub(super) struct Document {
    #[serde(default)]
    servers: Vec<Server>,
    paths: Pairs<Item>,
    #[serde(default)]
    components: Components,
}

#[derive(Deserialize)]
struct Server {
    url: String,
}

#[derive(Default, Deserialize)]
struct Components {
    #[serde(default)]
    schemas: Pairs<Properties>,
}

#[derive(Deserialize)]
struct Properties {
    #[serde(default)]
    properties: Pairs<serde::de::IgnoredAny>,
    /// The values of an open enum, and a last branch for any other.
    #[serde(rename = "anyOf", default)]
    branches: Vec<Branch>,
}

#[derive(Deserialize)]
struct Branch {
    #[serde(rename = "const")]
    value: Option<String>,
}

/// The operations of one path.
#[derive(Deserialize)]
struct Item {
    #[serde(default)]
    servers: Vec<Server>,
    get: Option<Entry>,
    put: Option<Entry>,
    post: Option<Entry>,
    patch: Option<Entry>,
    delete: Option<Entry>,
}

#[derive(Deserialize)]
struct Entry {
    #[serde(rename = "operationId")]
    id: String,
    #[serde(default)]
    summary: String,
    #[serde(default)]
    servers: Vec<Server>,
    #[serde(rename = "x-evidence")]
    evidence: Evidence,
    #[serde(rename = "x-path-evidence")]
    path_evidence: Option<Evidence>,
    #[serde(rename = "x-verb-evidence")]
    verb_evidence: Option<Evidence>,
    #[serde(rename = "x-source", default)]
    source: String,
    #[serde(rename = "x-repeatable", default)]
    is_repeatable: bool,
    #[serde(rename = "x-once", default)]
    once: bool,
    #[serde(rename = "x-grant", default)]
    grant: Pairs<String>,
}

impl Document {
    /// As the client has it.
    pub(super) fn contract(self) -> Contract {
        let mut contract = Contract {
            operations: vec![],
            host: known_host(&self.servers),
            token_host: None,
            grant: vec![],
            fields: vec![],
            values: vec![],
            schemas: self.components.schemas.0.into_iter().map(Schema::from).collect(),
        };
        for (path, item) in self.paths.0 {
            item.add_to(&mut contract, &path);
        }
        contract
    }
}

impl Item {
    fn add_to(self, contract: &mut Contract, path: &str) {
        let entries = [
            ("GET", self.get),
            ("PUT", self.put),
            ("POST", self.post),
            ("PATCH", self.patch),
            ("DELETE", self.delete),
        ];
        for (method, entry) in entries {
            let Some(mut entry) = entry else { continue };
            let own = [std::mem::take(&mut entry.servers), vec![]];
            let servers = own.iter().chain([&self.servers]).find(|servers| !servers.is_empty());
            if let Some(servers) = servers {
                contract.token_host = known_host(servers);
                contract.grant = std::mem::take(&mut entry.grant).0;
            }
            contract.operations.push(entry.operation(method, path, servers.is_some()));
        }
    }
}

impl Entry {
    fn operation(self, method: &str, path: &str, on_token_host: bool) -> Operation {
        Operation {
            id: self.id,
            method: method.to_owned(),
            path: path.to_owned(),
            on_token_host,
            is_marked_repeatable: self.is_repeatable,
            is_repeatable: !self.once && (self.is_repeatable || method == "GET"),
            once: self.once,
            summary: self.summary,
            evidence: self.evidence,
            path_evidence: self.path_evidence.unwrap_or(self.evidence),
            verb_evidence: self.verb_evidence.unwrap_or(self.evidence),
            source: self.source,
        }
    }
}

impl From<(String, Properties)> for Schema {
    fn from((name, schema): (String, Properties)) -> Self {
        let fields = schema.properties.0.into_iter().map(|(field, _)| field).collect();
        let values = schema.branches.into_iter().filter_map(|branch| branch.value).collect();
        Self { name, fields, values }
    }
}

/// The first server, unless it stands for one that nobody knows.
///
/// Source: RFC 2606, 2: no host can have a name that ends with `.invalid`.
fn known_host(servers: &[Server]) -> Option<String> {
    let url = &servers.first()?.url;
    let is_unknown = reqwest::Url::parse(url)
        .is_ok_and(|url| url.host_str().is_some_and(|host| host.ends_with(".invalid")));
    (!is_unknown).then(|| url.clone())
}
