//! Answers to presses, as many at once as Telegram takes in a moment: whoever presses a thousand times takes neither the
//! files nor the memory of all others.

use std::sync::Arc;
use std::time::Duration;

use tokio::sync::Semaphore;
use tracing::Instrument;

use super::precedence::after_screens;
use crate::chat::event::Incoming;
use crate::telegram::Client;

/// Calls under way at once.
const CALLS: usize = 24;
/// Answers that wait for a call; one that comes behind so many would be too late.
const QUEUE: usize = 500;
/// Telegram takes an answer for about so long (<https://core.telegram.org/bots/api#answercallbackquery>).
const LATEST: Duration = Duration::from_secs(15);

/// Answers presses beside everything else; its failures are nobody's error.
pub(super) struct PressAnswers {
    client: Client,
    calls: Arc<Semaphore>,
    queue: Arc<Semaphore>,
}

impl PressAnswers {
    pub(super) fn new(client: Client) -> PressAnswers {
        PressAnswers { client, calls: Arc::new(Semaphore::new(CALLS)), queue: Arc::new(Semaphore::new(QUEUE)) }
    }

    /// Answers the press that this update is, if it is one.
    pub(super) fn send(&self, incoming: &Incoming, answer: Option<String>) {
        let Some(query) = incoming.query().map(str::to_owned) else { return };
        let Ok(place) = Arc::clone(&self.queue).try_acquire_owned() else {
            incoming.span().in_scope(|| tracing::debug!("a press gets no answer: too many wait for one"));
            return;
        };
        let (client, calls) = (self.client.clone(), Arc::clone(&self.calls));
        // Boxed, since a future is moved, and copied whole, before it is spawned.
        let answering = Box::pin(async move {
            let _place = place;
            after_screens().await;
            let _call = calls.acquire().await;
            if let Err(error) = client.answer_press(&query, answer.as_deref()).await {
                tracing::debug!("an answer to a press did not arrive: {error}");
            }
        });
        let in_time = async move {
            if tokio::time::timeout(LATEST, answering).await.is_err() {
                tracing::debug!("an answer to a press would come too late");
            }
        };
        // Nothing of it is worth more than a line for whoever looks for faults, so its span is not made for others.
        let person = incoming.person().map(|person| person.0);
        tokio::spawn(in_time.instrument(tracing::debug_span!("update", update = incoming.update.0, person)));
    }
}

#[cfg(test)]
mod tests {
    use tokio::net::TcpListener;

    use super::*;
    use crate::chat::dialogue::Input;
    use crate::chat::event::{Event, Via};
    use crate::config::Secret;
    use crate::domain::{ChatId, MessageId, Person, PersonId, UpdateId};

    fn press(number: i64) -> Incoming {
        let person = Person { id: PersonId(101), name: String::new(), username: None, telegram_language: None };
        let via = Via::Press { query: number.to_string(), message: MessageId(1) };
        let event = Event::Said { chat: ChatId(101), person, input: Box::new(Input::Press(None)), via };
        Incoming { update: UpdateId(number), event, group: None }
    }

    #[tokio::test]
    async fn three_thousand_presses_take_a_few_connections() {
        // Takes connections and never says a word.
        let silent = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("http://{}", silent.local_addr().unwrap()).parse().unwrap();
        let answers = PressAnswers::new(Client::new(&url, &Secret::new("1:a".to_owned())).unwrap());
        for number in 0..3_000 {
            answers.send(&press(number), None);
        }
        let mut open = Vec::new();
        while open.len() < CALLS {
            open.push(silent.accept().await.unwrap());
        }
        let further = tokio::time::timeout(Duration::from_millis(50), silent.accept()).await;
        assert!(further.is_err(), "more than {CALLS} connections at once");
        assert_eq!(answers.queue.available_permits(), 0);
    }
}
