//! Packages made in a temporary folder, and broken in one place each.

mod files;
mod imp;
mod lists;
mod making;
mod mxf;
mod showing;
mod studio;
mod unmapped;
mod vouched;
mod whole;
