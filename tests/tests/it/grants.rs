//! A8: whoever does whatever in whatever order, nobody gives, takes or becomes more than they hold, nobody acts who is not
//! in use, and an administrator stays.

use shared::identity::{GrantFilter, NewGrant};
use shared::policy::{Role, Scope};
use shared::problem::ProblemCode;
use tests::{TestApp, figure, trust};

#[test]
fn nobody_gives_takes_or_becomes_more_than_they_hold() {
    figure!("A8", "{} random deeds, 0 violations", trust::prove(15));
}

#[tokio::test]
async fn the_last_administrator_can_neither_leave_nor_be_left() {
    let app = TestApp::start().await;
    let (first, second) = (app.administrator(), app.nobody());
    let filter = GrantFilter { account_id: Some(first.id()), ..GrantFilter::default() };
    let grant = first.list_grants(&filter).await.expect("grants").items.remove(0);
    let refused = first.revoke_grant(grant.id, grant.version).await.expect_err("the last one");
    assert_eq!(refused.code(), Some(ProblemCode::LastAdministrator));
    let refused = first.deactivate_account(first.id(), first.account.version).await.expect_err("the last one");
    assert_eq!(refused.code(), Some(ProblemCode::LastAdministrator));
    let other = NewGrant { account_id: second.id(), role: Role::Administrator, scope: Scope::Tenant, valid_from: None, valid_to: None };
    first.create_grant(&other).await.expect("a second one");
    first.deactivate_account(first.id(), first.account.version).await.expect("now the first may go");
}
