//! Words and names that go from rows which stay.

use serde_json::Value;

use crate::domain::{AccountId, AuditAction, PersonId, Stored, UpdateId};
use crate::store::codes::read_action;
use crate::store::db::{Tx, on};
use crate::store::dialogues::key::Seat;
use crate::store::error::StoreError;
use crate::store::orders::matching::pattern;
use crate::store::person::erase::NAMELESS;
use crate::store::person::whose::placed;
use crate::store::vault::{Purpose, SEALED};

/// Rows whose words go, while what was done and when stays.
const WORDS: &str = concat!(
    "SELECT id, action FROM order_events WHERE kind IN ('asked', 'answered', 'file_lost')
         AND ((actor_id = $1 AND role = 'customer') OR order_number IN ",
    placed!(),
    ") ORDER BY id"
);

/// Where updates are kept, and how one of them goes.
const UPDATES: [(&str, &str); 2] = [
    (
        "SELECT update_id, person_id, raw FROM waiting_updates
         WHERE person_id = $1 OR raw LIKE $2 ESCAPE '~' OR raw LIKE $3 ORDER BY update_id",
        "DELETE FROM waiting_updates WHERE update_id = $1",
    ),
    (
        "SELECT update_id, person_id, raw FROM dead_letters
         WHERE person_id = $1 OR raw LIKE $2 ESCAPE '~' OR raw LIKE $3 ORDER BY update_id",
        "DELETE FROM dead_letters WHERE update_id = $1",
    ),
];

impl Tx {
    pub(super) async fn forget_words(&mut self, person: PersonId) -> Result<(), StoreError> {
        let rows: Vec<(i64, String)> = on!(self, |db| sqlx::query_as(WORDS).bind(person.0).fetch_all(db).await?);
        for (id, action) in rows {
            let action = read_action(&action)?.without_words().encode()?;
            on!(self, |db| sqlx::query("UPDATE order_events SET action = $2 WHERE id = $1")
                .bind(id)
                .bind(&action)
                .execute(db)
                .await
                .map(drop)?);
        }
        Ok(())
    }

    /// What others were told of the person by name, and what still stands on admins' screens.
    pub(super) async fn forget_name(&mut self, person: PersonId) -> Result<(), StoreError> {
        let name: Option<String> = on!(self, |db| sqlx::query_scalar("SELECT name FROM people WHERE id = $1")
            .bind(person.0)
            .fetch_optional(db)
            .await?);
        let (script, named) = (self.script(), format!("\"id\":{person},\"name\":\""));
        self.forget_in_messages(person, &named, &name.unwrap_or_default()).await?;
        let names_them = |state: &str, reader| {
            let state = script.open_or_leave(state.to_owned(), Purpose::Dialogue(PersonId(reader)));
            Some(state).filter(|state| state.contains(&named))
        };
        let broken: Vec<(i64, i64, String)> = on!(self, |db| {
            sqlx::query_as(
            "SELECT id, person_id, state FROM broken_dialogues WHERE state LIKE $1 ESCAPE '~' OR state LIKE $2 ORDER BY id"
        )
        .bind(pattern(&named))
        .bind(SEALED)
        .fetch_all(db)
        .await?
        });
        for (id, reader, state) in broken {
            if names_them(&state, reader).is_some() {
                on!(self, |db| sqlx::query("DELETE FROM broken_dialogues WHERE id = $1")
                    .bind(id)
                    .execute(db)
                    .await
                    .map(drop)?);
            }
        }
        let rows: Vec<(i64, i64, String, String)> = on!(self, |db| sqlx::query_as(
            "SELECT chat_id, person_id, seat, state FROM dialogues WHERE state LIKE $1 ESCAPE '~' OR state LIKE $2
             ORDER BY chat_id, person_id, seat"
        )
        .bind(pattern(&named))
        .bind(SEALED)
        .fetch_all(db)
        .await?);
        for (chat, reader, seat, state) in rows {
            let Some(Ok(mut value)) = names_them(&state, reader).map(|state| serde_json::from_str(&state)) else {
                continue;
            };
            unname(&mut value, person);
            let nameless = match seat == Seat::Vendor.code() {
                true => script.seal(&value.to_string(), Purpose::Dialogue(PersonId(reader)))?,
                false => value.to_string(),
            };
            // On PostgreSQL its reader may have gone on meanwhile, and names somebody else or nobody.
            on!(self, |db| sqlx::query(
                "UPDATE dialogues SET state = $5 WHERE chat_id = $1 AND person_id = $2 AND seat = $3 AND state = $4"
            )
            .bind(chat)
            .bind(reader)
            .bind(&seat)
            .bind(&state)
            .bind(&nameless)
            .execute(db)
            .await
            .map(drop)?);
        }
        Ok(())
    }

    /// What others were told goes, and what they are still to be told no longer names the person.
    async fn forget_in_messages(&mut self, person: PersonId, named: &str, name: &str) -> Result<(), StoreError> {
        let named = pattern(named);
        // Without a name there is only the id to look for.
        let told = if name.is_empty() { named.clone() } else { pattern(&Value::from(name).to_string()) };
        on!(self, |db| sqlx::query(
            "DELETE FROM outbox_messages WHERE delivery IN ('sent', 'dead') AND body LIKE $1 ESCAPE '~'"
        )
        .bind(&told)
        .execute(db)
        .await
        .map(drop)?);
        let waiting: Vec<(i64, String)> = on!(self, |db| sqlx::query_as(
            "SELECT id, body FROM outbox_messages WHERE delivery IN ('pending', 'parked')
                 AND (body LIKE $1 ESCAPE '~' OR body LIKE $2 ESCAPE '~' OR body LIKE '%\"contacts_closed\"%')
             ORDER BY id"
        )
        .bind(&told)
        .bind(&named)
        .fetch_all(db)
        .await?);
        for (id, body) in waiting {
            let Ok(mut value) = serde_json::from_str(&body) else { continue };
            unname(&mut value, person);
            unname_sender(&mut value, name);
            on!(self, |db| sqlx::query("UPDATE outbox_messages SET body = $2 WHERE id = $1")
                .bind(id)
                .bind(value.to_string())
                .execute(db)
                .await
                .map(drop)?);
        }
        Ok(())
    }

    /// What others sent that could not be handled yet, or at all, where they answer or name the person as Telegram describes
    /// people, and what the person sent.
    pub(super) async fn forget_updates(&mut self, person: PersonId) -> Result<(), StoreError> {
        // Somebody who was picked from the contacts has a `user_id`.
        let (script, any_id) = (self.script(), format!("id\":{person},"));
        let names_them = |raw: &str| ["\"", "\"user_"].iter().any(|before| raw.contains(&format!("{before}{any_id}")));
        for (search, delete) in UPDATES {
            let rows: Vec<(i64, Option<i64>, String)> = on!(self, |db| sqlx::query_as(search)
                .bind(person.0)
                .bind(pattern(&any_id))
                .bind(SEALED)
                .fetch_all(db)
                .await?);
            for (update, by, raw) in rows {
                let raw = script.open_or_leave(raw, Purpose::Update(UpdateId(update)));
                if by == Some(person.0) || names_them(&raw) {
                    on!(self, |db| sqlx::query(delete).bind(update).execute(db).await.map(drop)?);
                }
            }
        }
        Ok(())
    }

    /// What was done to the person was done to somebody without a name from now on.
    pub(super) async fn forget_in_audit(&mut self, person: PersonId, account: AccountId) -> Result<(), StoreError> {
        let nobody = PersonId::erased(account);
        let rows: Vec<(i64, String)> =
            on!(self, |db| sqlx::query_as("SELECT id, action FROM audit WHERE subject_id = $1 ORDER BY id")
                .bind(person.0)
                .fetch_all(db)
                .await?);
        for (id, action) in rows {
            let action = AuditAction::decode(&action).map_err(|_| StoreError::unreadable("action"))?;
            let action = action.done_to(nobody).encode()?;
            on!(self, |db| sqlx::query("UPDATE audit SET subject_id = $2, action = $3 WHERE id = $1")
                .bind(id)
                .bind(nobody.0)
                .bind(&action)
                .execute(db)
                .await
                .map(drop)?);
        }
        Ok(())
    }
}

/// Takes the name out wherever the person is named by it.
fn unname(value: &mut Value, person: PersonId) {
    match value {
        Value::Object(fields) => {
            if fields.get("id").and_then(Value::as_i64) == Some(person.0)
                && let Some(name) = fields.get_mut("name")
            {
                *name = Value::Null;
            }
            fields.values_mut().for_each(|value| unname(value, person));
        }
        Value::Array(values) => values.iter_mut().for_each(|value| unname(value, person)),
        _ => {}
    }
}

/// Takes the name out of a message to come where it stands without an id: of whoever did something, and of whoever was picked
/// from the contacts, by what they are called there.
fn unname_sender(value: &mut Value, name: &str) {
    match value {
        Value::Object(fields) => {
            if let Some(by) = fields.get_mut("by").filter(|by| by.as_str() == Some(name)) {
                *by = NAMELESS.into();
            }
            if let Some(picked) = fields.get_mut("contacts_closed").and_then(|closed| closed.get_mut("picked")) {
                *picked = Value::Null;
            }
            fields.values_mut().for_each(|value| unname_sender(value, name));
        }
        Value::Array(values) => values.iter_mut().for_each(|value| unname_sender(value, name)),
        _ => {}
    }
}
