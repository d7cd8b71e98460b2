//! One's own account: name, language, password, address, sessions, own data.

mod page;
mod profile;
mod secrets;
mod sessions;

pub use page::Account;
