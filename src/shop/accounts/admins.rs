//! Who acts for the vendor as an admin: those of the configuration, and those whom admins appoint.

use std::collections::{BTreeMap, BTreeSet};

use crate::domain::{AdminEntry, AdminNotification, AdminRight, AuditAction, PersonId, Roster, Standing, Target};
use crate::shop::audit::admin;
use crate::shop::{Shop, ShopError};
use crate::store::{AppointmentChange, Decider, StoreError, Tx};

/// Most appointed admins: their list must fit one message, and each has a button.
const MAX_APPOINTED: usize = 20;

/// What came of an appointment.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Appointing {
    /// They are an admin from this transaction on.
    Appointed,
    /// They were one before; nothing was stored.
    Already,
    /// There are as many as there may be; nothing was stored.
    TooMany,
}

impl Shop {
    /// What somebody is to the vendor.
    pub async fn standing(&self, tx: &mut Tx, person: PersonId) -> Result<Standing, StoreError> {
        if self.config.telegram.admins.contains(&person) {
            return Ok(Standing::Configured);
        }
        Ok(if tx.is_appointed(person).await? { Standing::Appointed } else { Standing::Other })
    }

    /// Whether somebody is an admin, by configuration or appointment.
    pub async fn is_admin(&self, tx: &mut Tx, person: PersonId) -> Result<bool, StoreError> {
        Ok(self.standing(tx, person).await?.is_admin())
    }

    /// Makes somebody an admin, and lets the other admins know.
    pub async fn appoint(&self, tx: &mut Tx, by: &Decider, person: PersonId) -> Result<Appointing, ShopError> {
        if tx.appointments().await?.len() >= MAX_APPOINTED {
            return Ok(Appointing::TooMany);
        }
        Ok(match tx.appoint(person, by.id, self.clock.now()).await? {
            AppointmentChange::Done => {
                let id = by.id;
                tx.say_when_committed(move || {
                    tracing::info!(about = person.0, "admin {id} appointed {person} an admin");
                });
                self.note(tx, &admin(by), &AuditAction::Appointed(person)).await?;
                let told = AdminNotification::Appointed { by: by.name.clone(), person };
                self.tell_other_admins(tx, &[by.id, person], &told).await?;
                Appointing::Appointed
            }
            AppointmentChange::Already => Appointing::Already,
        })
    }

    pub async fn dismiss(&self, tx: &mut Tx, by: &Decider, person: PersonId) -> Result<AppointmentChange, ShopError> {
        let change = tx.dismiss(person, by.id, self.clock.now()).await?;
        if change == AppointmentChange::Done {
            let id = by.id;
            tx.say_when_committed(move || tracing::info!(about = person.0, "admin {id} dismissed admin {person}"));
            self.note(tx, &admin(by), &AuditAction::Dismissed(person)).await?;
        }
        Ok(change)
    }

    /// Every admin, those of the configuration first.
    pub async fn admins(&self, tx: &mut Tx) -> Result<Vec<AdminEntry>, ShopError> {
        let configured = &self.config.telegram.admins;
        let mut entries = Vec::with_capacity(configured.len());
        for id in configured {
            entries.push(AdminEntry { id: *id, name: name_of(tx, *id).await?, right: AdminRight::Configured });
        }
        for appointment in tx.appointments().await? {
            let id = appointment.person;
            if configured.contains(&id) {
                continue;
            }
            let by = name_of(tx, appointment.by).await?.unwrap_or_else(|| appointment.by.to_string());
            let right = AdminRight::Appointed { by, at: appointment.at };
            entries.push(AdminEntry { id, name: name_of(tx, id).await?, right });
        }
        Ok(entries)
    }

    /// The ids of every admin, in ascending order.
    pub async fn admin_ids(&self, tx: &mut Tx) -> Result<BTreeSet<PersonId>, StoreError> {
        let appointed = tx.appointments().await?.into_iter().map(|appointment| appointment.person);
        Ok(self.config.telegram.admins.iter().copied().chain(appointed).collect())
    }

    /// Who acts for the vendor, and who no longer does.
    pub async fn roster(&self, tx: &mut Tx) -> Result<Roster, ShopError> {
        let admins = self.admin_ids(tx).await?;
        let mut former = tx.dismissed().await?;
        former.retain(|person| !admins.contains(person));
        let mut met = BTreeMap::new();
        for person in admins.iter().chain(&former) {
            if let Some(customer) = tx.customer(*person).await? {
                met.insert(*person, customer.chosen_language);
            }
        }
        Ok(Roster { staff_chat: self.staff_chat(tx).await?, admins, former, met })
    }

    /// Somebody about whom an admin decides.
    pub async fn target(&self, tx: &mut Tx, person: PersonId) -> Result<Target, ShopError> {
        let standing = self.standing(tx, person).await?;
        let (known, access) = tx.customer(person).await?.map(|known| (known.person, known.access)).unzip();
        Ok(Target { id: person, known, access, standing })
    }
}

async fn name_of(tx: &mut Tx, person: PersonId) -> Result<Option<String>, StoreError> {
    Ok(tx.customer(person).await?.map(|customer| customer.person.name))
}
