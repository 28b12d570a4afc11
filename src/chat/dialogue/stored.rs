//! How dialogues are stored, and how those of former releases are read.

use serde_json::{Map, Value, json};

use super::customer::Dialogue;
use super::vendor::{VendorBanner, VendorDialogue};
use crate::domain::{Stored, Unreadable};

// Release 0.1.0 stored one shape for everybody: `place`, `draft`, `notice`, `album`, `answer`; what stood under `staff` was
// of the vendor's people, and under `admin` within that of the admins. A draft is a row of its own since.

impl Stored for Dialogue {
    const SCHEMA: u32 = 2;

    fn upcast(_: u32, value: Value) -> Result<Value, Unreadable> {
        let mut former = fields(value)?;
        let of_customer = |value: Value| (value.get("staff").is_none()).then_some(value);
        // An admin's prompt in private is a row of its own since; what is left begins where customers do.
        let state = former.remove("place").and_then(of_customer).unwrap_or_else(|| json!("home"));
        let banner = former.remove("notice").and_then(of_customer);
        Ok(json!({ "state": state, "banner": banner, "album": former.remove("album") }))
    }
}

impl Stored for VendorDialogue {
    const SCHEMA: u32 = 4;

    fn upcast(from: u32, value: Value) -> Result<Value, Unreadable> {
        let mut former = fields(value)?;
        if from >= 2 {
            if let Some(state) = former.get_mut("state") {
                // What was offered to be sent was one message.
                if let Some(words) = state.pointer_mut("/staff/offering_to_send/1") {
                    *words = json!([words.take()]);
                }
                // The price list had no pages.
                if let Some(admin) = state.get_mut("admin").filter(|admin| **admin == json!("reading_catalogue")) {
                    *admin = json!({ "reading_catalogue": { "page": 0 } });
                }
            }
            return Ok(Value::Object(former));
        }
        let of_vendor = |value: Value| match value {
            Value::Object(mut variant) => variant.remove("staff"),
            _ => None,
        };
        let state = former.remove("place").and_then(of_vendor).map_or_else(|| json!({ "staff": "idle" }), divided);
        let banner = former.remove("notice").and_then(of_vendor).map(VendorBanner::upcast_from_first);
        Ok(json!({ "state": state, "banner": banner, "answer": former.remove("answer") }))
    }
}

impl VendorBanner {
    /// From what release 0.1.0 stored, where an admin's was a variant of the staff's.
    pub(crate) fn upcast_from_first(former: Value) -> Value {
        divided(match former {
            // What was done had the status that it led to, and a sentence of its own for an answer.
            Value::Object(variant) => match (variant.get("done"), variant.get("answered")) {
                (Some(done), _) if done[1] == "placed" => json!({ "done": [done[0], "taken"] }),
                (_, Some(number)) => json!({ "done": [number, "answered"] }),
                _ => Value::Object(variant),
            },
            other => other,
        })
    }
}

/// What was an admin's stands under `admin` now, everything else under `staff`.
fn divided(former: Value) -> Value {
    match former {
        Value::Object(variant) if variant.contains_key("admin") => Value::Object(variant),
        other => json!({ "staff": other }),
    }
}

fn fields(value: Value) -> Result<Map<String, Value>, Unreadable> {
    match value {
        Value::Object(fields) => Ok(fields),
        _ => Err(Unreadable("a dialogue is an object".to_owned())),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::chat::dialogue::{AdminState, VendorState};

    #[test]
    fn a_price_list_that_was_looked_at_is_at_its_first_page() {
        let stored = r#"{"v":2,"body":{"state":{"admin":"reading_catalogue"},"answer":7}}"#;
        let dialogue = VendorDialogue::decode(stored).unwrap();
        assert_eq!(dialogue.state, VendorState::Admin(AdminState::ReadingCatalogue { page: 0 }));
        let other = r#"{"v":2,"body":{"state":{"admin":{"reading_stock":{"page":3}}}}}"#;
        let dialogue = VendorDialogue::decode(other).unwrap();
        assert_eq!(dialogue.state, VendorState::Admin(AdminState::ReadingStock { page: 3 }));
    }
}
