//! Faults on demand: what a network and a busy service do to a bot.

use std::collections::BTreeMap;
use std::time::Duration;

/// A fault that the next matching calls meet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fault {
    /// Only calls of this method, in any case; otherwise of any method, `getUpdates` included.
    pub method: Option<String>,
    /// Only calls with this `chat_id`.
    pub chat: Option<i64>,
    /// How many calls meet it.
    pub times: u32,
    /// What happens to them.
    pub kind: FaultKind,
}

/// What happens to a call.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum FaultKind {
    /// 429 with this `retry_after`, in seconds; the call has no effect.
    TooManyRequests { retry_after: u64 },
    /// 500 as JSON or 502 as a proxy's page; the call has no effect.
    ServerError(u16),
    /// The connection breaks before the call takes effect.
    DropBefore,
    /// The call takes effect, and the connection breaks before the answer.
    DropAfter,
    /// The call waits this long, and then goes on.
    Delay(Duration),
    /// The call hangs until it is let go, and only then takes effect, if its connection still stands.
    HangBefore,
    /// The call takes effect, and its answer hangs until it is let go.
    HangAfter,
    /// 401, as if the token had been revoked.
    Unauthorized,
    /// 403 to a call about a person, who then unblocks the bot: the answer comes only after the bot confirmed that.
    BlockedUntilBack,
    /// Any refusal of Telegram's, by its code and text.
    Refuse { code: u16, description: String },
}

/// How a call that hung goes on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum HangEnd {
    Answered,
    /// The connection breaks, as when the caller had no more patience.
    Cut,
}

/// The faults that are still to be met, in the order in which they were injected.
#[derive(Debug, Clone, Default)]
pub struct Faults {
    waiting: Vec<Fault>,
    /// How many calls have hung so far; each is called by its number.
    hung: u64,
    let_go: BTreeMap<u64, HangEnd>,
}

impl Faults {
    /// Adds a fault behind the others.
    pub fn add(&mut self, fault: Fault) {
        self.waiting.push(fault);
    }

    /// The fault that this call meets, if any; it is used up by one.
    pub fn meet(&mut self, method: &str, chat: Option<i64>) -> Option<FaultKind> {
        let fault = self.waiting.iter_mut().find(|fault| {
            let same_method = fault.method.as_deref().is_none_or(|wanted| wanted.eq_ignore_ascii_case(method));
            same_method && (fault.chat.is_none() || fault.chat == chat) && fault.times > 0
        })?;
        fault.times -= 1;
        let kind = fault.kind.clone();
        self.waiting.retain(|fault| fault.times > 0);
        Some(kind)
    }

    /// A call begins to hang; gives its number.
    pub fn hang(&mut self) -> u64 {
        self.hung += 1;
        self.hung
    }

    /// How many calls have hung so far.
    pub fn hung(&self) -> u64 {
        self.hung
    }

    pub fn let_go(&mut self, call: u64, end: HangEnd) {
        self.let_go.insert(call, end);
    }

    /// How this call goes on, once that is said.
    pub fn end_of(&self, call: u64) -> Option<HangEnd> {
        self.let_go.get(&call).copied()
    }

    /// Takes all faults back.
    pub fn clear(&mut self) {
        self.waiting.clear();
    }
}

#[cfg(test)]
mod tests {
    use super::{Fault, FaultKind, Faults};

    #[test]
    fn a_fault_meets_only_what_it_names_and_only_so_often() {
        let mut faults = Faults::default();
        faults.add(Fault { method: Some("sendMessage".into()), chat: Some(7), times: 2, kind: FaultKind::DropAfter });
        assert_eq!(faults.meet("sendmessage", Some(8)), None);
        assert_eq!(faults.meet("getme", None), None);
        assert_eq!(faults.meet("sendmessage", Some(7)), Some(FaultKind::DropAfter));
        assert_eq!(faults.meet("sendmessage", Some(7)), Some(FaultKind::DropAfter));
        assert_eq!(faults.meet("sendmessage", Some(7)), None);
    }

    #[test]
    fn faults_are_met_in_the_order_of_injection() {
        let mut faults = Faults::default();
        for kind in [FaultKind::ServerError(502), FaultKind::Unauthorized] {
            faults.add(Fault { method: None, chat: None, times: 1, kind });
        }
        assert_eq!(faults.meet("getme", None), Some(FaultKind::ServerError(502)));
        assert_eq!(faults.meet("getme", None), Some(FaultKind::Unauthorized));
    }
}
