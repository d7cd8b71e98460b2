//! Calls about the thread.

use super::{Called, Client};
use crate::ThreadLinkId;
use crate::thread::{NewThreadLink, Thread, ThreadFilter, ThreadLink};

impl Client {
    pub async fn list_thread(&self, filter: &ThreadFilter) -> Called<Thread> {
        self.list("/thread", filter).await
    }

    pub async fn create_link(&self, new: &NewThreadLink) -> Called<ThreadLink> {
        self.create("/thread-links", new).await
    }

    pub async fn get_link(&self, id: ThreadLinkId) -> Called<ThreadLink> {
        self.get(&format!("/thread-links/{id}")).await
    }

    pub async fn delete_link(&self, id: ThreadLinkId, version: i64) -> Called<()> {
        self.remove(&format!("/thread-links/{id}"), version).await
    }
}
