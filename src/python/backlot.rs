//! The Backlot client: bodies are JSON bytes here, and become dataclasses in Python.

use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, SystemTime};

use pyo3::exceptions::PyValueError;
use pyo3::prelude::*;
use pyo3::types::PyBytes;

use crate::backlot::{
    Attempt, Call, Client, Contract, Login, Once, Operation, Options, Renamed, Secret, Token, Watch,
};
use crate::error::Result;

/// Path and text of a file.
type Overrides = Option<(PathBuf, String)>;

/// `(status, url, body, since when it is kept)`.
type Answered<'py> = (u16, String, Bound<'py, PyBytes>, Option<f64>);

/// A client. Documented at `reelpack.backlot.Backlot`.
#[pyclass(frozen, module = "reelpack._native")]
pub(super) struct BacklotClient {
    client: Client,
    /// Whether calls are to end, and no more to begin.
    is_stopped: AtomicBool,
}

#[pymethods]
impl BacklotClient {
    #[new]
    #[pyo3(signature = (*, url, token_url, overrides, client_id, client_secret, username, password,
        access_token, refresh_token, expires_at, timeout, connect_timeout, retries, ca_files, proxy))]
    #[expect(clippy::too_many_arguments, reason = "keyword-only, as the Python class has them")]
    fn new(
        py: Python<'_>,
        url: Option<String>,
        token_url: Option<String>,
        overrides: Overrides,
        client_id: Option<String>,
        client_secret: Option<String>,
        username: Option<String>,
        password: Option<String>,
        access_token: Option<String>,
        refresh_token: Option<String>,
        expires_at: Option<f64>,
        timeout: f64,
        connect_timeout: f64,
        retries: u32,
        ca_files: Vec<PathBuf>,
        proxy: Option<String>,
    ) -> PyResult<Self> {
        let token = access_token.map(|access| Token {
            access: Secret::from(access),
            refresh: refresh_token.map(Secret::from),
            expires_at,
        });
        let login = Login {
            client_id,
            client_secret: client_secret.map(Secret::from),
            username,
            password: password.map(Secret::from),
            token,
        };
        let contract = described(&overrides)?;
        let (timeout, connect_timeout) =
            (seconds("timeout", timeout)?, seconds("connect_timeout", connect_timeout)?);
        let options = Options {
            contract,
            url,
            token_url,
            login,
            timeout,
            connect_timeout,
            retries,
            ca_files,
            proxy,
        };
        let client = py.detach(|| Client::new(options))?;
        Ok(Self { client, is_stopped: AtomicBool::new(false) })
    }

    #[pyo3(signature = (operation, *, path, query, body, once, log))]
    #[expect(clippy::too_many_arguments, reason = "keyword-only, as the stub has them")]
    fn call<'py>(
        &self,
        py: Python<'py>,
        operation: &str,
        path: Vec<(String, String)>,
        query: Vec<(String, String)>,
        body: Option<&[u8]>,
        once: Option<(PathBuf, String, bool)>,
        log: Option<Py<PyAny>>,
    ) -> PyResult<Answered<'py>> {
        let once = once.as_ref().map(|(state, key, again)| Once { state, key, again: *again });
        let call = Call { operation, path: &path, query: &query, body, once };
        let answer = self.watched(py, log, |watch| self.client.call(&call, watch))?;
        Ok((answer.status, answer.url, PyBytes::new(py, &answer.body), answer.kept_since))
    }

    /// `(access, refresh, ends in seconds since 1970)`, valid now.
    #[pyo3(signature = (*, log))]
    fn token(
        &self,
        py: Python<'_>,
        log: Option<Py<PyAny>>,
    ) -> PyResult<(String, Option<String>, Option<f64>)> {
        let token = self.watched(py, log, |watch| self.client.token(watch))?;
        let refresh = token.refresh.map(|refresh| refresh.expose().to_owned());
        Ok((token.access.expose().to_owned(), refresh, token.expires_at))
    }

    /// End the calls that other threads are making, within 50 ms.
    fn stop(&self) {
        self.is_stopped.store(true, Ordering::Relaxed);
    }
}

impl BacklotClient {
    /// Run `work` without the GIL. It stays on this thread and looks at signals every 50 ms through the
    /// watch.
    fn watched<T: Send>(
        &self,
        py: Python<'_>,
        log: Option<Py<PyAny>>,
        work: impl FnOnce(&Calling<'_>) -> Result<T> + Send,
    ) -> PyResult<T> {
        let watch = Calling { log, is_stopped: &self.is_stopped, raised: Mutex::new(None) };
        let result = py.detach(|| work(&watch));
        match watch.raised.into_inner().unwrap_or_else(PoisonError::into_inner) {
            Some(error) => Err(error),
            None => result.map_err(PyErr::from),
        }
    }
}

/// What a contract says: hosts, operations, fields and values that are called otherwise.
type Described = (
    Option<String>,
    Option<String>,
    Vec<(String, String, String, bool, String, String, String, String, String)>,
    Vec<Renamed>,
    Vec<Renamed>,
);

/// The description of the API as it is used. Documented at `reelpack.backlot.contract`.
#[pyfunction]
pub(super) fn contract(overrides: Overrides) -> PyResult<Described> {
    let contract = described(&overrides)?;
    let operation = |one: &Operation| {
        (
            one.id.clone(),
            one.method.clone(),
            one.path.clone(),
            one.on_token_host,
            one.evidence.word().to_owned(),
            one.path_evidence.word().to_owned(),
            one.verb_evidence.word().to_owned(),
            one.source.clone(),
            one.summary.clone(),
        )
    };
    let operations = contract.operations().iter().map(operation).collect();
    Ok((
        contract.host().map(str::to_owned),
        contract.token_host().map(str::to_owned),
        operations,
        contract.fields().to_vec(),
        contract.values().to_vec(),
    ))
}

fn described(overrides: &Overrides) -> Result<Contract> {
    Contract::with(overrides.as_ref().map(|(path, text)| (&**path as &Path, &**text)))
}

fn seconds(name: &str, value: f64) -> PyResult<Duration> {
    match Duration::try_from_secs_f64(value) {
        Ok(duration) if !duration.is_zero() => Ok(duration),
        _ => Err(PyValueError::new_err(format!("{name} must be seconds above 0, not {value}"))),
    }
}

/// The thread that called, with what it raised meanwhile.
struct Calling<'a> {
    log: Option<Py<PyAny>>,
    is_stopped: &'a AtomicBool,
    raised: Mutex<Option<PyErr>>,
}

impl Calling<'_> {
    fn keep(&self, result: PyResult<()>) -> Result<()> {
        result.map_err(|error| {
            let mut raised = self.raised.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
            raised.get_or_insert(error);
            crate::Error::Cancelled
        })
    }
}

impl Watch for Calling<'_> {
    fn check(&self) -> Result<()> {
        if self.is_stopped.load(Ordering::Relaxed) {
            return self.keep(Err(PyValueError::new_err("this Backlot is closed")));
        }
        Python::attach(|py| self.keep(py.check_signals()))
    }

    fn wants_notes(&self) -> bool {
        self.log.is_some()
    }

    fn note(&self, attempt: &Attempt<'_>) {
        let Some(log) = &self.log else { return };
        let told = Python::attach(|py| {
            log.call1(
                py,
                (
                    attempt.method,
                    attempt.url,
                    attempt.status,
                    attempt.outcome,
                    attempt.seconds,
                    &*attempt.request,
                    &*attempt.response,
                    attempt.wait,
                ),
            )
            .map(drop)
        });
        // What a log raises goes out once the call is over: the server has its part done already.
        let _kept = self.keep(told);
    }

    fn now(&self) -> f64 {
        let since = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH);
        since.map_or(0.0, |since| since.as_secs_f64())
    }
}
