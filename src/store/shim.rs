use crate::domain::*;
use crate::store::*;
use chrono::{DateTime, Utc};
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("the stored text cannot be read: {0}")]
pub struct Unreadable(String);
impl Unreadable {
    pub fn new(s: &str) -> Unreadable {
        Unreadable(s.to_owned())
    }
}
impl From<Unreadable> for StoreError {
    fn from(_: Unreadable) -> StoreError {
        StoreError::unreadable("x")
    }
}
pub trait Stored: serde::Serialize + serde::de::DeserializeOwned {
    const SCHEMA: u32;
    fn upcast(from: u32, value: serde_json::Value) -> Result<serde_json::Value, Unreadable>;
    fn encode(&self) -> Result<String, StoreError> {
        let _ = serde_json::to_string(self);
        Err(StoreError::unreadable("x"))
    }
    fn decode(s: &str) -> Result<Self, Unreadable> {
        serde_json::from_str(s).map_err(|_| Unreadable::new("x"))
    }
}
impl Stored for Draft {
    const SCHEMA: u32 = 1;
    fn upcast(_: u32, v: serde_json::Value) -> Result<serde_json::Value, Unreadable> {
        Ok(v)
    }
}
impl Stored for Notification {
    const SCHEMA: u32 = 1;
    fn upcast(_: u32, v: serde_json::Value) -> Result<serde_json::Value, Unreadable> {
        Ok(v)
    }
}
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Seat {
    Customer,
    Vendor,
}
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Watch {
    Order(OrderNumber),
    Orders,
    Stock,
}
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum MessageKind {
    Alert,
    Question,
    Notification,
}
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Undelivered {
    Parked,
    Refused,
}
impl DialogueKey {
    pub fn of_customer(person: PersonId) -> DialogueKey {
        DialogueKey { chat: person.private_chat(), person, seat: Seat::Customer }
    }
}
impl Tx {
    pub async fn draft(&mut self, _: PersonId) -> Result<Option<String>, StoreError> {
        Ok(None)
    }
    pub async fn save_draft(&mut self, _: PersonId, _: DraftId, _: &str, _: DateTime<Utc>) -> Result<(), StoreError> {
        Ok(())
    }
    pub async fn drop_draft(&mut self, _: PersonId) -> Result<(), StoreError> {
        Ok(())
    }
    pub fn redraw_later(&mut self, _: DialogueKey) {}
    pub fn order_changed(&mut self, _: OrderNumber) {}
    pub async fn alert_message(&mut self, _: OrderNumber, _: ChatId) -> Result<Option<MessageId>, StoreError> {
        Ok(None)
    }
    pub async fn unreached(&mut self, _: OrderNumber) -> Result<Vec<(ChatId, Undelivered)>, StoreError> {
        Ok(vec![])
    }
}
