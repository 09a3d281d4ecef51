use std::io::{Read, Write};
use std::net::TcpListener;
use std::sync::Arc;

use rcgen::{BasicConstraints, CertificateParams, CertifiedIssuer, IsCa, KeyPair};
use rustls::pki_types::PrivateKeyDer;

use super::{change, lone, options, patient};
use crate::backlot::Options;
use crate::backlot::client::Client;
use crate::error::Error;

/// The URL of a server that says `{}` to each connection over TLS, and its authority in PEM.
fn server() -> (String, String) {
    let mut params = CertificateParams::new(vec![]).unwrap();
    params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
    let authority = CertifiedIssuer::self_signed(params, KeyPair::generate().unwrap()).unwrap();
    let key = KeyPair::generate().unwrap();
    let params = CertificateParams::new(vec!["localhost".to_owned()]).unwrap();
    let certificate = params.signed_by(&key, &authority).unwrap();
    let key = PrivateKeyDer::try_from(key.serialize_der()).unwrap();
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let config = rustls::ServerConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .unwrap()
        .with_no_client_auth()
        .with_single_cert(vec![certificate.der().clone()], key)
        .unwrap();
    let listener = TcpListener::bind("localhost:0").unwrap();
    let url = format!("https://localhost:{}", listener.local_addr().unwrap().port());
    std::thread::spawn(move || {
        let config = Arc::new(config);
        for stream in listener.incoming().map_while(Result::ok) {
            let connection = rustls::ServerConnection::new(config.clone()).unwrap();
            let mut stream = rustls::StreamOwned::new(connection, stream);
            let _refused = stream.read(&mut [0; 4096]);
            let _refused = stream
                .write_all(b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\nConnection: close\r\n\r\n{}");
            let _refused = stream.flush();
        }
    });
    (url, authority.pem())
}

#[test]
fn a_certificate_is_trusted_once_the_file_of_its_authority_is_named() {
    let (url, pem) = server();
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("own.pem");
    crate::fs::write(&file, pem.as_bytes(), false).unwrap();
    let trusting = Options { ca_files: vec![file], ..options(&url, lone()) };

    let answer = Client::new(trusting).unwrap().call(&change(), &patient()).unwrap();
    let watch = patient();
    let error = Client::new(options(&url, lone())).unwrap().call(&change(), &watch).unwrap_err();

    assert_eq!(answer.body, b"{}");
    let Error::Connection { reason, .. } = &error else { panic!("{error}") };
    assert!(reason.contains("hint: name the file of the certificate authority"), "{reason}");
    // It will not be another one in a second.
    assert_eq!(watch.notes.borrow().len(), 1);
}
