//! How ids and rates stand in JSON.

use serde::{Serialize, Serializer};

use crate::format::imf::{Rational, Uuid};

/// 36 characters, without `urn:uuid:`.
impl Serialize for Uuid {
    fn serialize<S: Serializer>(&self, out: S) -> Result<S::Ok, S::Error> {
        out.collect_str(self)
    }
}

/// Two numbers with a slash between them, such as `24000/1001`.
impl Serialize for Rational {
    fn serialize<S: Serializer>(&self, out: S) -> Result<S::Ok, S::Error> {
        out.collect_str(&format_args!("{}/{}", self.numerator, self.denominator))
    }
}
