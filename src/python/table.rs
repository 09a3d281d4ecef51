//! Tables as Arrow hands them over: the C stream interface in a capsule.
//!
//! Source: "The Arrow `PyCapsule` Interface", arrow.apache.org/docs/format/CDataInterface.

use std::ffi::CStr;
use std::sync::Arc;

use arrow_array::cast::AsArray;
use arrow_array::ffi_stream::FFI_ArrowArrayStream;
use arrow_array::types::{
    Date32Type, Float64Type, Int64Type, TimestampNanosecondType, UInt32Type, UInt64Type,
};
use arrow_array::{
    Array, ArrayRef, BooleanArray, Date32Array, Float64Array, Int64Array, RecordBatch,
    RecordBatchIterator, StringArray, TimestampNanosecondArray,
};
use arrow_schema::ffi::FFI_ArrowSchema;
use arrow_schema::{ArrowError, DataType, Field, Schema, TimeUnit};
use pyo3::IntoPyObjectExt;
use pyo3::exceptions::PyValueError;
use pyo3::prelude::*;
use pyo3::types::{PyCapsule, PyTuple};

/// A table. Documented at `reelpack.Table`.
#[pyclass(frozen, module = "reelpack._native")]
pub(super) struct Table {
    batch: RecordBatch,
}

impl Table {
    /// Columns of one length, by name.
    pub(super) fn new(columns: Vec<(&str, ArrayRef)>) -> PyResult<Self> {
        let field =
            |(name, array): &(&str, ArrayRef)| Field::new(*name, array.data_type().clone(), true);
        let schema = Arc::new(Schema::new(columns.iter().map(field).collect::<Vec<_>>()));
        let arrays = columns.into_iter().map(|(_, array)| array).collect();
        let batch = RecordBatch::try_new(schema, arrays).map_err(|error| broken(&error))?;
        Ok(Self { batch })
    }
}

/// A table of `(name, kind, values)`, `None` where nothing is known. The kinds: `text`, `int`, `float`, `bool`,
/// `time` (nanoseconds since 1970, UTC) and `date` (days since 1970).
#[pyfunction]
pub(super) fn table(columns: Vec<(String, String, Bound<'_, PyAny>)>) -> PyResult<Table> {
    let arrays = columns
        .iter()
        .map(|(name, kind, values)| Ok((&**name, array(kind, values)?)))
        .collect::<PyResult<_>>()?;
    Table::new(arrays)
}

fn array(kind: &str, values: &Bound<'_, PyAny>) -> PyResult<ArrayRef> {
    Ok(match kind {
        "text" => Arc::new(StringArray::from(values.extract::<Vec<Option<String>>>()?)),
        "int" => Arc::new(Int64Array::from(values.extract::<Vec<Option<i64>>>()?)),
        "float" => Arc::new(Float64Array::from(values.extract::<Vec<Option<f64>>>()?)),
        "bool" => Arc::new(BooleanArray::from(values.extract::<Vec<Option<bool>>>()?)),
        "date" => Arc::new(Date32Array::from(values.extract::<Vec<Option<i32>>>()?)),
        "time" => {
            let times = TimestampNanosecondArray::from(values.extract::<Vec<Option<i64>>>()?);
            Arc::new(times.with_timezone("UTC"))
        }
        other => return Err(PyValueError::new_err(format!("no column has the kind {other}"))),
    })
}

fn broken(error: &ArrowError) -> PyErr {
    PyValueError::new_err(error.to_string())
}

#[pymethods]
impl Table {
    fn __len__(&self) -> usize {
        self.batch.num_rows()
    }

    #[getter]
    fn columns(&self) -> Vec<String> {
        self.batch.schema_ref().fields().iter().map(|field| field.name().clone()).collect()
    }

    /// What each column holds, in order: a kind that [`table`] takes.
    #[getter]
    fn kinds(&self) -> Vec<&'static str> {
        self.batch.columns().iter().map(|column| kind(column)).collect()
    }

    /// `count` rows from `offset` on, fewer only at the end.
    fn rows<'py>(
        &self,
        py: Python<'py>,
        offset: usize,
        count: usize,
    ) -> PyResult<Vec<Bound<'py, PyTuple>>> {
        let end = offset.saturating_add(count).min(self.batch.num_rows());
        let row = |n: usize| {
            let cells = self.batch.columns().iter().map(|column| cell(py, column, n));
            PyTuple::new(py, cells.collect::<PyResult<Vec<_>>>()?)
        };
        (offset.min(end)..end).map(row).collect()
    }

    /// The schema alone, as an Arrow capsule.
    fn __arrow_c_schema__<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyCapsule>> {
        const NAME: &CStr = c"arrow_schema";
        let schema = FFI_ArrowSchema::try_from(&**self.batch.schema_ref());
        PyCapsule::new_with_value(py, schema.map_err(|error| broken(&error))?, NAME)
    }

    /// All rows, as an Arrow capsule. Another schema that is wished for is not followed, as the
    /// interface allows.
    #[pyo3(signature = (requested_schema=None))]
    fn __arrow_c_stream__<'py>(
        &self,
        py: Python<'py>,
        requested_schema: Option<Bound<'py, PyAny>>,
    ) -> PyResult<Bound<'py, PyCapsule>> {
        const NAME: &CStr = c"arrow_array_stream";
        drop(requested_schema);
        let batches = RecordBatchIterator::new([Ok(self.batch.clone())], self.batch.schema());
        PyCapsule::new_with_value(py, FFI_ArrowArrayStream::new(Box::new(batches)), NAME)
    }
}

fn kind(column: &ArrayRef) -> &'static str {
    match column.data_type() {
        DataType::Boolean => "bool",
        DataType::Date32 => "date",
        DataType::Timestamp(..) => "time",
        DataType::Float64 => "float",
        DataType::Int64 | DataType::UInt32 | DataType::UInt64 => "int",
        _ => "text",
    }
}

/// One cell; the types are those that [`Table::new`] is given in this module's users.
fn cell<'py>(py: Python<'py>, column: &ArrayRef, n: usize) -> PyResult<Bound<'py, PyAny>> {
    if column.is_null(n) {
        return Ok(py.None().into_bound(py));
    }
    match column.data_type() {
        DataType::Utf8 => column.as_string::<i32>().value(n).into_bound_py_any(py),
        DataType::Boolean => column.as_boolean().value(n).into_bound_py_any(py),
        DataType::Int64 => column.as_primitive::<Int64Type>().value(n).into_bound_py_any(py),
        // Days, as the times are nanoseconds.
        DataType::Date32 => column.as_primitive::<Date32Type>().value(n).into_bound_py_any(py),
        DataType::UInt32 => column.as_primitive::<UInt32Type>().value(n).into_bound_py_any(py),
        DataType::UInt64 => column.as_primitive::<UInt64Type>().value(n).into_bound_py_any(py),
        DataType::Float64 => column.as_primitive::<Float64Type>().value(n).into_bound_py_any(py),
        DataType::Timestamp(TimeUnit::Nanosecond, _) => {
            column.as_primitive::<TimestampNanosecondType>().value(n).into_bound_py_any(py)
        }
        other => Err(PyValueError::new_err(format!("no column has the type {other}"))),
    }
}
