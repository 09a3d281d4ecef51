//! Where errors of the core become Python exceptions: the only place.

use std::ffi::OsString;
use std::io;
use std::path::PathBuf;

use pyo3::exceptions::{PyFileExistsError, PyOSError, PyRuntimeError, PyValueError};
use pyo3::prelude::*;

use crate::error::Error;

mod raised {
    use pyo3::import_exception;

    import_exception!(reelpack.errors, ApiConnectionError);
    import_exception!(reelpack.errors, ApiStatusError);
    import_exception!(reelpack.errors, ApiTimeoutError);
    import_exception!(reelpack.errors, ContractError);
    import_exception!(reelpack.errors, FrameError);
    import_exception!(reelpack.errors, ImfError);
    import_exception!(reelpack.errors, MovieError);
    import_exception!(reelpack.errors, LoginError);
    import_exception!(reelpack.errors, LtoError);
    import_exception!(reelpack.errors, ManifestError);
    import_exception!(reelpack.errors, PackageError);
    import_exception!(reelpack.errors, ProfileError);
    import_exception!(reelpack.errors, SourceChangedError);
    import_exception!(reelpack.errors, StateError);
    import_exception!(reelpack.errors, UncertainDeliveryError);
}
use raised::{
    ApiConnectionError, ApiStatusError, ApiTimeoutError, ContractError, FrameError, ImfError,
    LoginError, LtoError, ManifestError, MovieError, PackageError, ProfileError,
    SourceChangedError, StateError, UncertainDeliveryError,
};

/// No `_` arm on purpose: a new variant of [`Error`] does not compile until it is mapped.
impl From<Error> for PyErr {
    fn from(error: Error) -> Self {
        let message = error.to_string();
        match error {
            Error::Io { path, source } => os_error(path, &source),
            Error::Changed { path, .. } => SourceChangedError::new_err((message, text(path))),
            Error::State { path, .. } => StateError::new_err((message, text(path))),
            Error::Clone { path, .. } | Error::Package { path, .. } => {
                PackageError::new_err((message, text(path)))
            }
            Error::Manifest { path, line, .. } => {
                ManifestError::new_err((message, text(path), line))
            }
            Error::Name { path, .. }
            | Error::Collision { second: path, .. }
            | Error::NothingToList { path }
            | Error::List { path, .. }
            | Error::NoList { path, .. }
            | Error::Refused { path, .. } => ManifestError::new_err((message, text(path))),
            Error::TargetExists { path } => {
                // EEXIST has this number on every system that Python runs on.
                PyFileExistsError::new_err((17, "File exists", text(path)))
            }
            Error::Frame { path, .. } => FrameError::new_err((message, text(path))),
            Error::Profile { path, line, .. } => ProfileError::new_err((message, text(path), line)),
            Error::Imf { path, line, .. } => ImfError::new_err((message, text(path), line)),
            Error::Movie { path, place, .. } => MovieError::new_err((message, text(path), place)),
            Error::Lto { path, .. } => LtoError::new_err((message, text(path))),
            Error::Contract { path, line, .. } => {
                ContractError::new_err((message, text(path), line))
            }
            Error::Status { method, url, status, body, .. } => {
                ApiStatusError::new_err((message, url, method, status, body))
            }
            Error::Timeout { url, .. } => ApiTimeoutError::new_err((message, url)),
            Error::Connection { url, .. } => ApiConnectionError::new_err((message, url)),
            Error::Uncertain { url, since, .. } => {
                UncertainDeliveryError::new_err((message, url, since))
            }
            Error::Login { .. } => LoginError::new_err((message,)),
            Error::Argument { .. }
            | Error::Zone { .. }
            | Error::Simd { .. }
            | Error::TooFew { .. } => PyValueError::new_err(message),
            // Raised only where Python itself asked for the stop, and then its own exception goes out.
            Error::Cancelled => PyRuntimeError::new_err(message),
        }
    }
}

/// As a `str`, which is what `open()` would give; a `PathBuf` would arrive as `pathlib.Path`.
fn text(path: PathBuf) -> OsString {
    path.into_os_string()
}

/// `OSError` picks the subclass that fits the number.
fn os_error(path: PathBuf, source: &io::Error) -> PyErr {
    match source.raw_os_error() {
        Some(number) => PyOSError::new_err((number, reason(source), text(path))),
        None => match errno(source.kind()) {
            Some(number) => {
                let same = io::Error::from_raw_os_error(number);
                PyOSError::new_err((number, reason(&same), text(path)))
            }
            None if source.kind() == io::ErrorKind::InvalidInput => {
                PyValueError::new_err(format!("{}: {source}", path.display()))
            }
            // With a number, as only then `OSError` has a file name; EIO is the same everywhere.
            None => PyOSError::new_err((5, reason(source), text(path))),
        },
    }
}

/// The system's words without the ` (os error 2)` that Rust adds.
fn reason(source: &io::Error) -> String {
    let text = source.to_string();
    text.split(" (os error").next().unwrap_or(&text).to_owned()
}

/// The number of an error that Rust made itself; the same on Linux, macOS and Windows.
fn errno(kind: io::ErrorKind) -> Option<i32> {
    match kind {
        io::ErrorKind::NotFound => Some(2),
        io::ErrorKind::UnexpectedEof | io::ErrorKind::InvalidData => Some(5),
        io::ErrorKind::NotADirectory => Some(20),
        io::ErrorKind::IsADirectory => Some(21),
        _ => None,
    }
}
