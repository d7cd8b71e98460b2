//! One's own account: name, language, password, address, two-step sign-in, sessions, own data.

mod codes;
mod factor;
mod first;
mod page;
mod profile;
mod secrets;
mod sessions;
mod set_up;

pub use first::SetUpFirst;
pub use page::Account;
