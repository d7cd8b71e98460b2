//! Calls about comments.

use super::{Called, Client};
use crate::comments::{Comment, CommentChanges, CommentFilter, CommentVersion, MentionSearch, NewComment, PersonMatch};
use crate::page::Paging;
use crate::{CommentId, Page};

impl Client {
    pub async fn list_comments(&self, filter: &CommentFilter) -> Called<Page<Comment>> {
        self.list("/comments", filter).await
    }

    pub async fn create_comment(&self, new: &NewComment) -> Called<Comment> {
        self.create("/comments", new).await
    }

    pub async fn get_comment(&self, id: CommentId) -> Called<Comment> {
        self.get(&format!("/comments/{id}")).await
    }

    pub async fn update_comment(&self, id: CommentId, version: i64, changes: &CommentChanges) -> Called<Comment> {
        self.change(&format!("/comments/{id}"), version, changes).await
    }

    pub async fn delete_comment(&self, id: CommentId, version: i64) -> Called<()> {
        self.remove(&format!("/comments/{id}"), version).await
    }

    /// What it said before, newest first.
    pub async fn get_comment_history(&self, id: CommentId, paging: &Paging) -> Called<Page<CommentVersion>> {
        self.list(&format!("/comments/{id}/history"), paging).await
    }

    /// Those who can be mentioned beside an object; eight at most.
    pub async fn find_mentions(&self, search: &MentionSearch) -> Called<Page<PersonMatch>> {
        self.list("/mention-matches", search).await
    }
}
