//! A8: twenty thousand random deeds of people who invite, enrol, confirm, grant, revoke and deactivate each other.

use tests::figure;

const TENANTS: u32 = 250;

pub async fn deeds() {
    let many = tests::trust::prove(TENANTS);
    figure!("A8", "{many} random deeds in {TENANTS} tenants, 0 violations");
}
