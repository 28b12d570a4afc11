//! Answering presses.

use super::super::entities::utf16_len;
use super::super::error::ApiError;
use super::super::message::CallbackId;
use super::super::params::Params;
use super::super::records::{Answer, AnswerOutcome, AnswerStyle};
use super::super::world::World;
use super::parts::done;
use serde_json::Value;
use std::time::Duration;

/// A person's app waits about this long.
const IN_TIME: Duration = Duration::from_secs(15);
/// The longest text, in UTF-16 code units.
const LONGEST: usize = 200;

pub(super) fn answer_callback_query(world: &mut World, params: &Params) -> Result<Value, ApiError> {
    let callback = CallbackId(params.text("callback_query_id").to_owned());
    let text = params.text("text");
    if utf16_len(text) > LONGEST {
        return Err(ApiError::bad_request("MESSAGE_TOO_LONG"));
    }
    let outcome = outcome_of(world, &callback);
    world.record_answer(Answer {
        callback,
        text: (!text.is_empty()).then(|| text.to_owned()),
        style: match params.is_true("show_alert") {
            true => AnswerStyle::Alert,
            false => AnswerStyle::Toast,
        },
        outcome,
    });
    match outcome {
        AnswerOutcome::Shown | AnswerOutcome::Repeated => Ok(done()),
        AnswerOutcome::Late | AnswerOutcome::Unknown => {
            Err(ApiError::bad_request("query is too old and response timeout expired or query ID is invalid"))
        }
    }
}

fn outcome_of(world: &World, callback: &CallbackId) -> AnswerOutcome {
    let Some(press) = world.presses.iter().rev().find(|press| press.id == *callback) else {
        return AnswerOutcome::Unknown;
    };
    let waited = world.now().duration_since(press.at).unwrap_or_default();
    let was_shown = |answer: &Answer| answer.callback == *callback && answer.outcome == AnswerOutcome::Shown;
    match waited > IN_TIME {
        true => AnswerOutcome::Late,
        false if world.answers.iter().any(was_shown) => AnswerOutcome::Repeated,
        false => AnswerOutcome::Shown,
    }
}
