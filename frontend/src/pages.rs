//! Which pages come together when one of them is first visited. What is not named here comes with the first load.

use crate::chunk::Visitors::{Accounts, Allowed, Passing};
use shared::policy::Permission::*;

crate::chunks! {
    /// What waits for the one who has signed in.
    start(Accounts) {
        start = crate::start::Start,
    }

    /// What a participant comes for, often on a phone.
    answering(Accounts) {
        self_assessment = crate::training::assessment::SelfAssessment,
    }

    /// One edition, for those who take part and those who run it.
    edition(Accounts) {
        edition = crate::training::edition::Edition,
    }

    /// Development projects: their board, their list, and each one.
    projects(Accounts) {
        board = crate::projects::board::BoardPage,
        list = crate::projects::list::ListPage,
        new = crate::projects::new::NewIdea,
        project = crate::projects::page::ProjectPage,
    }

    /// What those need who plan training and look at what came of it.
    training(Allowed(&[ViewTraining, ViewUnitEnrolments])) {
        programmes = crate::training::programmes::Programmes,
        programme = crate::training::programme::Programme,
        results = crate::training::results::Results,
        unit_people = crate::start::people::UnitPeople,
    }

    /// Organisations, units, accounts, API clients and what was done.
    admin(Allowed(&[ManageDirectory, ViewAccounts, FindAccounts, ManageSignIn, ManageClients, ViewAudit, ManageAccessibilityFeedback])) {
        index = crate::admin::index::Admin,
        organisations = crate::admin::organisations::Organisations,
        units = crate::admin::units::Units,
        accounts = crate::admin::accounts::Accounts,
        account = crate::admin::account::AccountAdmin,
        roles = crate::admin::roles::Roles,
        clients = crate::admin::clients::Clients,
        client = crate::admin::client::ClientAdmin,
        sign_in = crate::admin::sign_in_policy::SignInRules,
        audit = crate::admin::audit::Audit,
        feedback = crate::admin::feedback::Feedback,
    }

    /// One's own account.
    own(Accounts) {
        account = crate::account::Account,
        set_up_first = crate::account::SetUpFirst,
    }

    /// For those who are not signed in.
    public(Passing) {
        forgot = crate::public::forgot::Forgot,
        link = crate::public::link::Link,
        privacy = crate::public::privacy::Privacy,
        accessibility = crate::public::accessibility::Accessibility,
    }
}
