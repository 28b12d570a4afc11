//! What the bot's work comes to, as the labels of its figures name it.

/// What becomes of an update.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum UpdateOutcome {
    Committed,
    /// It fails while others pass, and waits.
    SetAside,
    /// It took effect after it had waited.
    Recovered,
    DeadLetter,
}

/// What the delivery does one piece at a time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SendKind {
    Screen,
    Message,
    Digest,
    Topic,
    File,
}

/// What a piece of delivery came to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SendOutcome {
    Delivered,
    /// Put off: a limit, an outage, or a refusal that may pass.
    Deferred,
    GivenUp,
    /// The database did not take what became of it; it comes up again.
    Failed,
}

/// What a request to the webhook is answered.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PostAnswer {
    Taken,
    /// By whoever does not know the secret, or posts something else than an update.
    Refused,
    /// Telegram is to come again.
    Later,
}

impl UpdateOutcome {
    pub(super) const ALL: [UpdateOutcome; 4] =
        [UpdateOutcome::Committed, UpdateOutcome::SetAside, UpdateOutcome::Recovered, UpdateOutcome::DeadLetter];

    pub(super) fn label(self) -> [(&'static str, &'static str); 1] {
        let outcome = match self {
            UpdateOutcome::Committed => "committed",
            UpdateOutcome::SetAside => "set_aside",
            UpdateOutcome::Recovered => "recovered",
            UpdateOutcome::DeadLetter => "dead_letter",
        };
        [("outcome", outcome)]
    }
}

impl SendKind {
    pub(super) const ALL: [SendKind; 5] =
        [SendKind::Screen, SendKind::Message, SendKind::Digest, SendKind::Topic, SendKind::File];

    pub(super) fn name(self) -> &'static str {
        match self {
            SendKind::Screen => "screen",
            SendKind::Message => "message",
            SendKind::Digest => "digest",
            SendKind::Topic => "topic",
            SendKind::File => "file",
        }
    }
}

impl SendOutcome {
    pub(super) const ALL: [SendOutcome; 4] =
        [SendOutcome::Delivered, SendOutcome::Deferred, SendOutcome::GivenUp, SendOutcome::Failed];

    pub(super) fn name(self) -> &'static str {
        match self {
            SendOutcome::Delivered => "delivered",
            SendOutcome::Deferred => "deferred",
            SendOutcome::GivenUp => "given_up",
            SendOutcome::Failed => "failed",
        }
    }
}

impl PostAnswer {
    pub(super) const ALL: [PostAnswer; 3] = [PostAnswer::Taken, PostAnswer::Refused, PostAnswer::Later];

    pub(super) fn label(self) -> [(&'static str, &'static str); 1] {
        let answer = match self {
            PostAnswer::Taken => "taken",
            PostAnswer::Refused => "refused",
            PostAnswer::Later => "later",
        };
        [("answer", answer)]
    }
}
