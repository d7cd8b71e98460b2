//! Calls to the server. What they have in common is boxed, so that it is compiled once a type and not once a call.

use super::Session;
use shared::client::{CallError, Called, Client};
use shared::page::{MAX_LIMIT, Page, Paging};
use shared::problem::ProblemCode;
use std::future::Future;
use std::pin::Pin;

/// A call under way.
pub type Calling<'a, T> = Pin<Box<dyn Future<Output = Called<T>> + 'a>>;

impl Session {
    /// Calls the server. When the session has ended, asks for the password and then calls again.
    pub fn call<'a, T, F, Fut>(self, run: F) -> Calling<'a, T>
    where
        T: 'a,
        F: Fn(Client) -> Fut + 'a,
        Fut: Future<Output = Called<T>> + 'a,
    {
        self.repeat(Box::new(move |client| Box::pin(run(client))))
    }

    /// As [`Session::call`], with a value that every attempt needs for itself.
    pub fn send<'a, V, T, F, Fut>(self, value: V, run: F) -> Calling<'a, T>
    where
        V: Clone + 'a,
        T: 'a,
        F: Fn(Client, V) -> Fut + 'a,
        Fut: Future<Output = Called<T>> + 'a,
    {
        self.call(move |client| run(client, value.clone()))
    }

    fn repeat<'a, T: 'a>(self, run: Box<dyn Fn(Client) -> Calling<'a, T> + 'a>) -> Calling<'a, T> {
        Box::pin(async move {
            loop {
                match run(self.client()).await {
                    Ok(value) => {
                        self.reached(true);
                        return Ok(value);
                    }
                    Err(error) => {
                        if !self.mend(error.clone()).await {
                            return Err(error);
                        }
                    }
                }
            }
        })
    }

    /// The first `count` pages of a list as one page, which says whether there is more.
    pub fn pages<'a, T, F, Fut>(self, count: usize, read: F) -> Calling<'a, Page<T>>
    where
        T: 'a,
        F: Fn(Client, Paging) -> Fut + 'a,
        Fut: Future<Output = Called<Page<T>>> + 'a,
    {
        Box::pin(async move {
            let mut whole = Page { items: Vec::new(), next_cursor: None };
            for _ in 0..count {
                let paging = Paging { cursor: whole.next_cursor.take(), limit: Some(MAX_LIMIT) };
                let page = self.call(|client| read(client, paging.clone())).await?;
                whole.items.extend(page.items);
                whole.next_cursor = page.next_cursor;
                if whole.next_cursor.is_none() {
                    break;
                }
            }
            Ok(whole)
        })
    }

    /// A whole list.
    pub fn all<'a, T, F, Fut>(self, read: F) -> Calling<'a, Vec<T>>
    where
        T: 'a,
        F: Fn(Client, Paging) -> Fut + 'a,
        Fut: Future<Output = Called<Page<T>>> + 'a,
    {
        Box::pin(async move { Ok(self.pages(usize::MAX, read).await?.items) })
    }

    /// Does what a failed call asks for; says whether to call again.
    fn mend(self, error: CallError) -> Pin<Box<dyn Future<Output = bool>>> {
        Box::pin(async move {
            if error.code() == Some(ProblemCode::Unauthenticated) && self.is_signed_in() {
                return self.ask_password().await;
            }
            self.note(&error);
            false
        })
    }
}
