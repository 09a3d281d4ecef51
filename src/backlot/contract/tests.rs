use std::path::Path;

use super::{Contract, Evidence, parameters};
use crate::error::Error;

/// A description of the same form, small enough to see what is taken out of it.
const SMALL: &str = "
openapi: 3.1.0
servers:
  - {url: 'https://backlot.invalid', x-evidence: assumed}
paths:
  /as/token.oauth2:
    post:
      operationId: takeToken
      servers: [{url: 'https://tokens.example'}]
      x-evidence: public-page
      x-grant: {validator_id: Directory, scope: delivery}
  /v1/requests/{requestId}:
    parameters: [{name: requestId, in: path}]
    get: {operationId: getRequest, summary: Look at one., x-evidence: assumed, x-source: own}
    patch: {operationId: updateRequest, x-evidence: change-log, x-path-evidence: assumed}
  /v1/deliveries:
    post: {operationId: startDelivery, x-evidence: change-log, x-once: true, x-repeatable: true}
components:
  schemas:
    SourceRequest:
      properties:
        requestId: {type: string}
        state: {$ref: '#/components/schemas/RequestState'}
    RequestState: {type: string, anyOf: [{const: OPEN, title: Open}, {type: string}]}
";

fn small() -> Contract {
    Contract::parse(SMALL, Path::new("small.yaml")).unwrap()
}

fn overridden(toml: &str) -> Contract {
    let mut contract = small();
    contract.apply(Path::new("mine.toml"), toml).unwrap();
    contract
}

#[test]
fn operations_are_read_in_their_order_with_all_that_is_said_of_them() {
    let contract = small();

    let seen: Vec<_> = contract
        .operations()
        .iter()
        .map(|it| (&*it.id, &*it.method, it.is_repeatable, it.once, it.on_token_host))
        .collect();
    assert_eq!(
        seen,
        [
            ("takeToken", "POST", false, false, true),
            ("getRequest", "GET", true, false, false),
            ("updateRequest", "PATCH", false, false, false),
            ("startDelivery", "POST", false, true, false),
        ]
    );
    let update = contract.operation("updateRequest").unwrap();
    assert_eq!(update.path, "/v1/requests/{requestId}");
    assert_eq!(update.evidence.word(), "change-log");
    assert_eq!(update.path_evidence, Evidence::Assumed);
    assert_eq!(update.verb_evidence, Evidence::ChangeLog);
    assert_eq!(contract.operation("getRequest").unwrap().source, "own");
}

#[test]
fn a_host_that_cannot_be_is_not_known() {
    let contract = small();

    assert_eq!(contract.host(), None);
    assert_eq!(contract.token_host(), Some("https://tokens.example"));
    let grant = [("validator_id", "Directory"), ("scope", "delivery")];
    assert_eq!(contract.grant(), grant.map(|(a, b)| (a.to_owned(), b.to_owned())));
}

#[test]
fn the_shipped_contract_has_what_the_client_needs() {
    let contract = Contract::shipped().unwrap();

    assert_eq!(contract.host(), None);
    assert_eq!(contract.token_host(), Some("https://meechum.netflix.com"));
    let token = contract.token_operation().unwrap();
    assert_eq!((&*token.method, &*token.path), ("POST", "/as/token.oauth2"));
    assert!(contract.grant().iter().any(|(name, _)| name == "validator_id"));
    assert!(contract.operations().iter().any(|operation| operation.once));
    for operation in contract.operations() {
        assert!(!(operation.once && operation.is_repeatable), "{}", operation.id);
        assert!(!operation.source.is_empty(), "{}", operation.id);
    }
}

#[test]
fn what_a_user_says_takes_the_place_of_what_the_document_says() {
    let contract = overridden(
        r#"
        host = "https://real.example/api"
        token_host = "http://127.0.0.1:8000"
        [operations.updateRequest]
        method = "get"
        path = "/v2/update"
        [operations.getRequest]
        method = "POST"
        [operations.startDelivery]
        method = "GET"
        [fields.SourceRequest]
        state = "requestState"
        [values.RequestState]
        OPEN = "Open"
        [token]
        validator_id = "Other"
        otp = "none"
        "#,
    );

    assert_eq!(contract.host(), Some("https://real.example/api"));
    assert_eq!(contract.token_host(), Some("http://127.0.0.1:8000"));
    let update = contract.operation("updateRequest").unwrap();
    assert_eq!((&*update.method, &*update.path), ("GET", "/v2/update"));
    assert!(update.is_repeatable);
    assert_eq!(
        [update.evidence, update.path_evidence, update.verb_evidence],
        [Evidence::Override; 3]
    );
    let get = contract.operation("getRequest").unwrap();
    assert!(!get.is_repeatable);
    assert_eq!(get.path_evidence, Evidence::Assumed);
    assert!(!contract.operation("startDelivery").unwrap().is_repeatable);
    let renamed = ["SourceRequest", "state", "requestState"].map(str::to_owned);
    assert_eq!(contract.fields(), [renamed.into()]);
    let renamed = ["RequestState", "OPEN", "Open"].map(str::to_owned);
    assert_eq!(contract.values(), [renamed.into()]);
    let grant = [("validator_id", "Other"), ("scope", "delivery"), ("otp", "none")];
    assert_eq!(contract.grant(), grant.map(|(a, b)| (a.to_owned(), b.to_owned())));
}

#[test]
fn an_override_that_is_not_understood_is_refused_with_its_line() {
    for (toml, line, words) in [
        ("\nhosts = 'x'", 2, "unknown field `hosts`"),
        ("host = 'x", 1, "string"),
        ("host = 3", 1, "string"),
        ("host = 'nowhere'", 1, "`host` is no URL"),
        ("host = 'http://real.example'", 1, "in the open"),
        ("host = 'ftp://real.example'", 1, "no web address"),
        ("token_host = 'https://user:pw@real.example'", 1, "user name or password"),
        ("host = 'https://real.example/?x=1'", 1, "query"),
        (
            "\n\n[operations.getRequests]",
            3,
            "unknown operation \"getRequests\"; known: takeToken, ",
        ),
        ("[operations.getRequest]\nverb = 'GET'", 2, "unknown field `verb`"),
        ("[operations.getRequest]\nmethod = 'LOOK'", 2, "`method` cannot be \"LOOK\"; known: GET"),
        ("[operations.getRequest]\npath = 'v1'", 2, "begin with `/`"),
        ("[operations.getRequest]\npath = '//evil.example/'", 2, "begin with `/`"),
        ("[operations.getRequest]\npath = '/v1?x=1'", 2, "query"),
        ("[operations.getRequest]\npath = '/v1/../x'", 2, "`..`"),
        ("[operations.getRequest]\npath = '/v1/{id'", 2, "brace"),
        ("[operations.getRequest]\npath = '/v1/{id}'", 2, "parameter \"id\" that is not in"),
        ("[fields.Request]\nstate = 'x'", 1, "unknown schema \"Request\"; known: SourceRequest"),
        ("[fields.SourceRequest]\n\nstat = 'x'", 3, "unknown field of `SourceRequest`"),
        ("[fields.SourceRequest]\nstate = ''", 2, "cannot be the name"),
        ("[fields.SourceRequest]\nstate = 'x'\nrequestId = 'x'", 3, "of another one"),
        ("[fields.SourceRequest]\nstate = 'requestId'", 2, "of another one"),
        ("[values.SourceRequest]\nstate = 'x'", 1, "unknown schema \"SourceRequest\"; known: Req"),
        ("[values.RequestState]\nCLOSED = 'x'", 2, "unknown value of `RequestState`"),
        ("[values.RequestState]\nOPEN = ''", 2, "cannot be the name of this value"),
        ("[token]\npassword = 'hunter2'", 2, "belongs to the login"),
        ("[token]\nscope = 1", 2, "string"),
    ] {
        let mut contract = small();
        let error = contract.apply(Path::new("mine.toml"), toml).unwrap_err();

        let Error::Contract { line: found, reason, .. } = &error else { panic!("{error}") };
        assert_eq!(*found, Some(line), "{toml}: {error}");
        assert!(reason.contains(words), "{toml}: {error}");
        assert!(!error.to_string().contains("hunter2") && !error.to_string().contains("pw@"));
        assert!(!error.to_string().contains('\n'), "{error}");
        assert_eq!(contract.operations(), small().operations());
    }
}

#[test]
fn a_document_that_is_not_understood_is_refused_with_its_line() {
    for (yaml, at) in [("paths: [", 1), ("paths:\n  /x:\n    get: {summary: 3}\n", 3)] {
        let error = Contract::parse(yaml, Path::new("own.yaml")).unwrap_err();

        let Error::Contract { line, .. } = &error else { panic!("{error}") };
        assert_eq!(*line, Some(at), "{error}");
        assert!(!error.to_string().contains('\n'), "{error}");
    }
}

#[test]
fn parameters_are_the_names_in_braces() {
    let found: Vec<_> = parameters("/v1/{a}/x/{b}/{").collect();

    assert_eq!(found, ["a", "b"]);
}
