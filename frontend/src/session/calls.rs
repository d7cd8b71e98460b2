//! Calls to the server. What they have in common is boxed, so that it is compiled once a type and not once a call.

use super::Session;
use shared::client::{Called, Client};
use shared::page::{MAX_LIMIT, Page, Paging};
use std::future::Future;
use std::pin::Pin;

/// A call under way.
pub type Calling<'a, T> = Pin<Box<dyn Future<Output = Called<T>> + 'a>>;

impl Session {
    /// Calls the server. When the session has ended, or a fresh proof is needed, asks for it and then finishes the call.
    pub fn call<'a, T, F, Fut>(self, run: F) -> Calling<'a, T>
    where
        T: 'a,
        F: FnOnce(Client) -> Fut + 'a,
        Fut: Future<Output = Called<T>> + 'a,
    {
        let asking = self.client().when_refused(move |wanted| Box::pin(self.mend(wanted)));
        self.told(Box::pin(run(asking)))
    }

    /// As [`Session::call`], with a value for the call to own.
    pub fn send<'a, V, T, F, Fut>(self, value: V, run: F) -> Calling<'a, T>
    where
        V: 'a,
        T: 'a,
        F: FnOnce(Client, V) -> Fut + 'a,
        Fut: Future<Output = Called<T>> + 'a,
    {
        self.call(move |client| run(client, value))
    }

    /// Keeps whether the server was reached.
    fn told<'a, T: 'a>(self, calling: Calling<'a, T>) -> Calling<'a, T> {
        Box::pin(async move {
            let outcome = calling.await;
            match &outcome {
                Ok(_) => self.reached(true),
                Err(error) => self.note(error),
            }
            outcome
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
}
