//! The studio's "Source Requests & Delivery Management API", called over the network.
//!
//! The core knows which operation has which verb and path, the token, sending, trying again, striking out
//! secrets, and that a delivery must not be started twice. What is sent and answered stays bytes here: the
//! objects are made in Python.

mod address;
mod client;
mod contract;
mod secret;
mod strike;

pub use client::{Answer, Attempt, Call, Client, Login, Once, Options, Token, Watch};
pub use contract::{Contract, Evidence, Operation, Renamed};
pub use secret::Secret;
pub use strike::strike;
