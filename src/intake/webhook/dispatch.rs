//! From requests to batches: what waits at the same moment is handled together, as if it had been fetched.

use std::collections::{BTreeMap, BTreeSet};

use futures_util::future::{FutureExt, join_all};
use futures_util::stream::{FuturesUnordered, StreamExt};
use serde_json::value::RawValue;
use tokio::sync::{mpsc, oneshot};

use crate::intake::arrived::Arrived;
use crate::intake::handling::{Handling, Lane};

/// An update in a request that is under way.
pub(super) struct Posted {
    pub(super) raw: Box<RawValue>,
    /// Told once the update is stored; closed when the request is over.
    pub(super) stored: oneshot::Sender<()>,
}

struct Waiting {
    lane: Lane,
    arrived: Arrived,
    stored: oneshot::Sender<()>,
}

enum Step {
    Read(Option<Box<Waiting>>),
    Done(Lane),
}

/// Handles what is posted: one batch at a time in each lane, ordered by `update_id`.
pub(super) async fn dispatch(handling: &Handling, mut posted: mpsc::Receiver<Posted>) {
    let (mut waiting, mut busy, mut work) = (Vec::new(), BTreeSet::new(), FuturesUnordered::new());
    loop {
        let mut steps = Vec::new();
        tokio::select! {
            Some(one) = posted.recv() => work.push(read(handling, one).boxed_local()),
            Some(step) = work.next() => steps.push(step),
            else => return,
        }
        // All that is here at this moment, so that it is put in order before the first of it is handled.
        while let Ok(one) = posted.try_recv() {
            work.push(read(handling, one).boxed_local());
        }
        while let Some(Some(step)) = work.next().now_or_never() {
            steps.push(step);
        }
        for step in steps {
            match step {
                Step::Read(read) => waiting.extend(read.map(|read| *read)),
                Step::Done(lane) => {
                    busy.remove(&lane);
                }
            }
        }
        for (lane, batch) in take_free(&mut waiting, &busy) {
            busy.insert(lane);
            work.push(accept(handling, lane, batch).boxed_local());
        }
        let (beat, now) = (&handling.tries.chat.metrics().updates_beat, handling.tries.chat.clock().now());
        // Nobody knows when the next update is posted.
        if busy.is_empty() { beat.rests() } else { beat.moves(now) }
    }
}

/// What may be handled now, in order; what belongs to requests that are over is let go.
fn take_free(waiting: &mut Vec<Waiting>, busy: &BTreeSet<Lane>) -> BTreeMap<Lane, Vec<Waiting>> {
    let mut free: BTreeMap<Lane, Vec<Waiting>> = BTreeMap::new();
    waiting.retain(|one| !one.stored.is_closed());
    for one in waiting.extract_if(.., |one| !busy.contains(&one.lane)) {
        free.entry(one.lane).or_default().push(one);
    }
    for batch in free.values_mut() {
        batch.sort_by_key(|one| one.arrived.incoming.update);
    }
    free
}

async fn read(handling: &Handling, Posted { raw, mut stored }: Posted) -> Step {
    // One that does not read is stored meanwhile, as long as somebody waits for that.
    let arrived = tokio::select! {
        arrived = handling.understand(raw) => arrived,
        () = stored.closed() => None,
    };
    Step::Read(arrived.map(|arrived| Box::new(Waiting { lane: handling.lane(&arrived), arrived, stored })))
}

/// Sees a batch stored, unless all of its requests are over before.
async fn accept(handling: &Handling, lane: Lane, batch: Vec<Waiting>) -> Step {
    let (arrived, mut requests): (Vec<_>, Vec<_>) = batch.into_iter().map(|one| (one.arrived, one.stored)).unzip();
    let gone = join_all(requests.iter_mut().map(oneshot::Sender::closed));
    let is_stored = tokio::select! {
        biased;
        () = handling.accept_lane(lane, arrived) => true,
        _ = gone => false,
    };
    if is_stored {
        for request in requests {
            // Whoever is gone hears nothing.
            let _ = request.send(());
        }
    }
    Step::Done(lane)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::chat::event::{Event, Incoming};
    use crate::domain::{PersonId, UpdateId};

    fn waiting(lane: Lane, update: i64) -> (Waiting, oneshot::Receiver<()>) {
        let (stored, storing) = oneshot::channel();
        let incoming = Incoming { update: UpdateId(update), event: Event::Nothing, group: None };
        let raw = RawValue::from_string("{}".to_owned()).unwrap();
        let arrived = Arrived { incoming, raw, at: chrono::DateTime::UNIX_EPOCH };
        (Waiting { lane, arrived, stored }, storing)
    }

    #[test]
    fn what_waits_is_taken_in_order_unless_its_lane_is_busy_or_its_request_over() {
        let [anna, boris] = [101, 102].map(|id| Lane::Of(Some(PersonId(id))));
        let came = [(anna, 9), (boris, 8), (anna, 7), (anna, 5), (anna, 6)].map(|(lane, id)| waiting(lane, id));
        let (mut waits, mut requests): (Vec<_>, Vec<_>) = came.into_iter().unzip();
        drop(requests.remove(3));
        let free = take_free(&mut waits, &BTreeSet::from([boris]));
        let ids = |batch: &[Waiting]| batch.iter().map(|one| one.arrived.incoming.update.0).collect::<Vec<_>>();
        assert_eq!(
            free.into_iter().map(|(lane, batch)| (lane, ids(&batch))).collect::<Vec<_>>(),
            [(anna, vec![6, 7, 9])]
        );
        assert_eq!(ids(&waits), [8]);
    }
}
