//! Where the stream of hints is. It is read as it comes, which calls that wait for a whole answer cannot do.

use super::Client;
use crate::live::Following;

impl Client {
    /// The address at which changes are followed; the access token goes along as the bearer.
    pub fn follow_changes(&self, following: &Following) -> String {
        let pairs = [("subjects", &following.subjects), ("lists", &following.lists)];
        let named = pairs.into_iter().filter_map(|(name, value)| value.as_ref().map(|value| format!("{name}={value}")));
        let seconds = following.seconds.map(|seconds| format!("seconds={seconds}"));
        // Ids, kinds, colons and commas stand in a query as they are.
        format!("{}?{}", self.url("/live"), named.chain(seconds).collect::<Vec<_>>().join("&"))
    }
}
