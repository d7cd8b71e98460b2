//! Who follows what on this node, and what each has not been told yet.

use crate::error::{Error, Result};
use shared::subjects::{SubjectKind, SubjectRef};
use shared::{AccountId, TenantId};
use std::collections::{BTreeSet, HashMap};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use tokio::sync::Notify;

/// Changes that one follower may not have been told of; beyond, it is told to look at everything anew.
const QUEUE: usize = 64;
/// Changes that may wait to be told to other nodes.
const OUTGOING: usize = 4_096;

/// One object of one tenant was changed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Change {
    pub tenant: TenantId,
    pub at: SubjectRef,
}

/// What one follows.
#[derive(Clone, Debug, Default)]
pub struct Wanted {
    pub subjects: BTreeSet<SubjectRef>,
    /// Every object of these kinds.
    pub lists: BTreeSet<SubjectKind>,
}

impl Wanted {
    fn fits(&self, at: &SubjectRef) -> bool {
        self.lists.contains(&at.kind) || self.subjects.contains(at)
    }
}

/// What a follower has not been told yet.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct News {
    pub changed: BTreeSet<SubjectRef>,
    /// More than was kept: everything is to be looked at.
    pub all: bool,
}

impl News {
    fn is_empty(&self) -> bool {
        self.changed.is_empty() && !self.all
    }

    fn add(&mut self, at: SubjectRef) {
        if !self.all && self.changed.insert(at) && self.changed.len() > QUEUE {
            self.add_all();
        }
    }

    fn add_all(&mut self) {
        self.changed.clear();
        self.all = true;
    }
}

#[derive(Debug, Default)]
struct Post {
    news: Mutex<News>,
    /// Keeps one call for whoever is not waiting just now.
    rung: Notify,
}

impl Post {
    fn put(&self, put: impl FnOnce(&mut News)) {
        put(&mut self.news.lock().unwrap_or_else(PoisonError::into_inner));
        self.rung.notify_one();
    }

    fn take(&self) -> News {
        std::mem::take(&mut self.news.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

struct Follower {
    account: AccountId,
    wanted: Wanted,
    post: Arc<Post>,
}

#[derive(Default)]
struct Followers {
    next: u64,
    many: usize,
    of: HashMap<TenantId, HashMap<u64, Follower>>,
}

/// How many streams there may be.
#[derive(Clone, Copy, Debug)]
pub struct Bounds {
    pub of_node: usize,
    pub of_account: usize,
}

/// Everybody who follows something on this node.
#[derive(Default)]
pub struct Hub {
    followers: Mutex<Followers>,
    /// To the other nodes, where there may be any.
    outgoing: Mutex<Option<SyncSender<Change>>>,
    /// Whether something did not fit among what is to be told to them.
    behind: AtomicBool,
}

impl Hub {
    fn lock(&self) -> MutexGuard<'_, Followers> {
        self.followers.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Follows until the outcome is dropped. 429 when the account has as many streams as it may have, 503 when the node
    /// has.
    pub fn follow(self: &Arc<Self>, tenant: TenantId, account: AccountId, wanted: Wanted, bounds: Bounds) -> Result<Followed> {
        let mut followers = self.lock();
        if followers.many >= bounds.of_node {
            return Err(Error::unavailable(30));
        }
        let own = followers.of.get(&tenant).map_or(0, |all| all.values().filter(|one| one.account == account).count());
        if own >= bounds.of_account {
            return Err(Error::too_many(30));
        }
        let (number, post) = (followers.next, Arc::<Post>::default());
        followers.next += 1;
        followers.many += 1;
        followers.of.entry(tenant).or_default().insert(number, Follower { account, wanted, post: post.clone() });
        Ok(Followed { hub: self.clone(), tenant, number, post })
    }

    /// Tells those who follow here, and hands it on to other nodes.
    pub fn tell(&self, changes: &[Change]) {
        self.hear(changes);
        let outgoing = self.outgoing.lock().unwrap_or_else(PoisonError::into_inner);
        let Some(outgoing) = outgoing.as_ref() else { return };
        if changes.iter().any(|change| outgoing.try_send(*change).is_err()) {
            self.behind.store(true, Ordering::SeqCst);
        }
    }

    /// Tells those who follow here of what another node did.
    pub fn hear(&self, changes: &[Change]) {
        if changes.is_empty() {
            return;
        }
        let followers = self.lock();
        for Change { tenant, at } in changes {
            let own = followers.of.get(tenant).into_iter().flat_map(HashMap::values);
            own.filter(|follower| follower.wanted.fits(at)).for_each(|follower| follower.post.put(|news| news.add(*at)));
        }
    }

    /// Tells everybody here to look at everything anew.
    pub fn look_again(&self) {
        let followers = self.lock();
        followers.of.values().flat_map(HashMap::values).for_each(|follower| follower.post.put(News::add_all));
    }

    /// What is to be told to other nodes from now on.
    pub fn outgoing(&self) -> Receiver<Change> {
        let (sender, receiver) = sync_channel(OUTGOING);
        *self.outgoing.lock().unwrap_or_else(PoisonError::into_inner) = Some(sender);
        receiver
    }

    /// Whether something has not been handed on since this was last asked.
    pub fn fell_behind(&self) -> bool {
        self.behind.swap(false, Ordering::SeqCst)
    }

    /// How many streams there are.
    pub fn streams(&self) -> usize {
        self.lock().many
    }
}

/// One follower, who is forgotten with this value.
pub struct Followed {
    hub: Arc<Hub>,
    tenant: TenantId,
    number: u64,
    post: Arc<Post>,
}

impl Followed {
    /// Waits for news.
    pub async fn news(&self) -> News {
        loop {
            let news = self.post.take();
            if !news.is_empty() {
                return news;
            }
            self.post.rung.notified().await;
        }
    }
}

impl Drop for Followed {
    fn drop(&mut self) {
        let mut followers = self.hub.lock();
        if let Some(own) = followers.of.get_mut(&self.tenant) {
            own.remove(&self.number);
            if own.is_empty() {
                followers.of.remove(&self.tenant);
            }
            followers.many -= 1;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use uuid::Uuid;

    const BOUNDS: Bounds = Bounds { of_node: 4, of_account: 2 };

    fn group() -> SubjectRef {
        SubjectRef::new(SubjectKind::Group, Uuid::now_v7())
    }

    fn follow(hub: &Arc<Hub>, tenant: TenantId, wanted: Wanted) -> Followed {
        hub.follow(tenant, AccountId::new(), wanted, BOUNDS).expect("room")
    }

    #[tokio::test]
    async fn each_hears_of_what_they_follow_and_nobody_of_another_tenants() {
        let (hub, tenant, own, other) = (Arc::<Hub>::default(), TenantId::new(), group(), group());
        let one = follow(&hub, tenant, Wanted { subjects: BTreeSet::from([own]), lists: BTreeSet::new() });
        let all = follow(&hub, tenant, Wanted { subjects: BTreeSet::new(), lists: BTreeSet::from([SubjectKind::Group]) });
        let stranger =
            follow(&hub, TenantId::new(), Wanted { subjects: BTreeSet::from([own]), lists: BTreeSet::from([SubjectKind::Group]) });
        let change = |at| Change { tenant, at };
        hub.tell(&[change(own), change(own), change(other)]);
        assert_eq!(one.news().await, News { changed: BTreeSet::from([own]), all: false });
        assert_eq!(all.news().await, News { changed: BTreeSet::from([own, other]), all: false });
        assert!(stranger.post.take().is_empty());
        hub.look_again();
        assert!(one.news().await.all && stranger.news().await.all);
    }

    #[tokio::test]
    async fn who_falls_behind_is_told_to_look_at_everything() {
        let (hub, tenant) = (Arc::<Hub>::default(), TenantId::new());
        let slow = follow(&hub, tenant, Wanted { subjects: BTreeSet::new(), lists: BTreeSet::from([SubjectKind::Group]) });
        let many: Vec<Change> = (0..=QUEUE).map(|_| Change { tenant, at: group() }).collect();
        hub.tell(&many[..QUEUE]);
        assert_eq!(slow.news().await.changed.len(), QUEUE);
        hub.tell(&many);
        hub.tell(&many);
        assert_eq!(slow.news().await, News { changed: BTreeSet::new(), all: true });
        hub.tell(&many[..1]);
        assert_eq!(slow.news().await.changed.len(), 1, "afterwards it hears of each again");
    }

    #[test]
    fn what_cannot_be_handed_on_is_not_forgotten() {
        let hub = Hub::default();
        let outgoing = hub.outgoing();
        let change = Change { tenant: TenantId::new(), at: group() };
        hub.tell(&[change]);
        assert_eq!((outgoing.try_recv(), hub.fell_behind()), (Ok(change), false));
        hub.tell(&vec![change; OUTGOING + 1]);
        assert!(hub.fell_behind() && !hub.fell_behind());
    }

    #[test]
    fn there_is_room_for_so_many_and_it_is_given_back() {
        let (hub, tenant, account) = (Arc::<Hub>::default(), TenantId::new(), AccountId::new());
        let ask = |account| hub.follow(tenant, account, Wanted::default(), BOUNDS);
        let status = |outcome: Result<Followed>| outcome.err().map(|error| error.refusal().code.0.status());
        let own = (ask(account).expect("room"), ask(account).expect("room"));
        assert_eq!(status(ask(account)), Some(429));
        let others = (ask(AccountId::new()).expect("room"), ask(AccountId::new()).expect("room"));
        assert_eq!((status(ask(AccountId::new())), hub.streams()), (Some(503), 4));
        drop((own, others));
        assert_eq!(hub.streams(), 0);
        assert!(ask(account).is_ok() && hub.lock().of.is_empty());
    }
}
