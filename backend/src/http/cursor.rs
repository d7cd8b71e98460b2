//! Cursors: where a list goes on, signed so that none can be made up, and bound to its list and tenant.

use crate::db::types::RawId;
use crate::error::{Error, Result};
use crate::keys::Keys;
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde::{Deserialize, Serialize};
use shared::TenantId;
use shared::page::{DEFAULT_LIMIT, MAX_LIMIT, Page};

/// The last item of a page: its sort key and its id.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Position {
    pub key: String,
    pub id: uuid::Uuid,
}

impl Position {
    /// The id, for comparing in the database.
    pub fn raw_id(&self) -> RawId {
        RawId(self.id)
    }
}

/// One page to read of one list.
pub struct Slice {
    list: String,
    /// Where the page before ended.
    pub after: Option<Position>,
    limit: usize,
}

impl Slice {
    /// Reads `cursor` and `limit`. `list` names the list with what it is filtered by, so that a cursor of one cannot
    /// be used on another.
    pub fn new(keys: &Keys, tenant: TenantId, list: &str, cursor: Option<&str>, limit: Option<u32>) -> Result<Self> {
        let list = format!("{tenant} {list}");
        let limit = limit.unwrap_or(DEFAULT_LIMIT);
        if !(1..=MAX_LIMIT).contains(&limit) {
            return Err(Error::malformed("limit", format!("1 to {MAX_LIMIT}")));
        }
        let after = cursor.map(|cursor| open(keys, &list, cursor)).transpose()?;
        Ok(Self { list, after, limit: limit as usize })
    }

    /// How many rows to ask the database for: one more than fit tells whether there is a next page.
    pub fn rows(&self) -> i64 {
        self.limit as i64 + 1
    }

    /// The page of these rows, with the cursor to the next.
    pub fn page<T>(&self, keys: &Keys, mut items: Vec<T>, position: impl Fn(&T) -> Position) -> Result<Page<T>> {
        let more = items.len() > self.limit;
        items.truncate(self.limit);
        let next_cursor = match items.last() {
            Some(last) if more => Some(seal(keys, &self.list, &position(last))?),
            _ => None,
        };
        Ok(Page { items, next_cursor })
    }
}

fn seal(keys: &Keys, list: &str, position: &Position) -> Result<String> {
    let body = serde_json::to_vec(position)?;
    let mac = keys.mac("cursor", &[list.as_bytes(), &body]);
    Ok(format!("{}.{}", URL_SAFE_NO_PAD.encode(&body), URL_SAFE_NO_PAD.encode(&mac[..16])))
}

fn open(keys: &Keys, list: &str, cursor: &str) -> Result<Position> {
    let refused = || Error::malformed("cursor", "not a cursor of this list");
    let (body, mac) = cursor.split_once('.').ok_or_else(refused)?;
    let body = URL_SAFE_NO_PAD.decode(body).map_err(|_| refused())?;
    let mac = URL_SAFE_NO_PAD.decode(mac).map_err(|_| refused())?;
    let expected = keys.mac("cursor", &[list.as_bytes(), &body]);
    aws_lc_rs::constant_time::verify_slices_are_equal(&mac, &expected[..16]).map_err(|_| refused())?;
    serde_json::from_slice(&body).map_err(|_| refused())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cursor_opens_only_its_own_list_and_only_whole() {
        let keys = Keys::temporary().expect("keys");
        let position = Position { key: "kyllö".to_owned(), id: uuid::Uuid::now_v7() };
        let cursor = seal(&keys, "units", &position).expect("sealed");
        assert_eq!(open(&keys, "units", &cursor).ok(), Some(position));
        assert!(open(&keys, "accounts", &cursor).is_err());
        let mut tampered = cursor.into_bytes();
        tampered[3] ^= 1;
        assert!(open(&keys, "units", &String::from_utf8_lossy(&tampered)).is_err());
        assert!(open(&keys, "units", "").is_err());
    }
}
