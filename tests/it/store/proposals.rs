//! Proposed price lists.

use keydesk::domain::catalogue::revision::{Offer, Revision, Value};
use keydesk::domain::{PersonId, ProposalId, Sku};
use keydesk::store::{Applied, Proposal, Proposed, Store};

use super::{at, commit, on_both, read};

on_both!(
    a_proposal_is_applied_once,
    a_proposal_is_not_applied_over_a_list_that_it_was_not_compared_with,
    a_person_has_one_proposal,
    a_revision_is_kept_and_its_text_follows,
);

fn whole(source: &str) -> Proposal {
    Proposal { source: source.to_owned(), against: 1, revision: None }
}

async fn a_proposal_is_applied_once(store: &Store) {
    assert_eq!(commit!(store, |tx| tx.apply_price_list("spring", "Olga", at(0))), Applied::New(1));
    let id = commit!(store, |tx| tx.propose_price_list(&whole("summer"), PersonId(1), at(1)));
    assert_eq!(read!(store, |tx| tx.proposal(id)), Some(whole("summer")));
    assert_eq!(commit!(store, |tx| tx.apply_proposal(id, "admin 1", at(2))), Proposed::Applied);
    assert_eq!(read!(store, |tx| tx.last_applied_by("admin 1")), Some("summer".to_owned()));
    assert_eq!(commit!(store, |tx| tx.apply_proposal(id, "admin 1", at(3))), Proposed::Gone);
    assert_eq!(read!(store, |tx| tx.current_price_list_id()), Some(2));
}

async fn a_proposal_is_not_applied_over_a_list_that_it_was_not_compared_with(store: &Store) {
    commit!(store, |tx| tx.apply_price_list("spring", "Olga", at(0)));
    let id = commit!(store, |tx| tx.propose_price_list(&whole("summer"), PersonId(1), at(1)));
    commit!(store, |tx| tx.apply_price_list("autumn", "Olga", at(2)));
    assert_eq!(commit!(store, |tx| tx.apply_proposal(id, "admin 1", at(3))), Proposed::Overtaken);
    assert_eq!(read!(store, |tx| tx.current_price_list()).unwrap().source, "autumn");
    assert_eq!(commit!(store, |tx| tx.apply_proposal(id, "admin 1", at(4))), Proposed::Applied);
    assert_eq!(read!(store, |tx| tx.current_price_list()).unwrap().source, "summer");
}

async fn a_person_has_one_proposal(store: &Store) {
    commit!(store, |tx| tx.apply_price_list("spring", "Olga", at(0)));
    let first = commit!(store, |tx| tx.propose_price_list(&whole("one"), PersonId(1), at(1)));
    let others = commit!(store, |tx| tx.propose_price_list(&whole("two"), PersonId(2), at(1)));
    let second = commit!(store, |tx| tx.propose_price_list(&whole("three"), PersonId(1), at(2)));
    assert_ne!(first, second, "a button of the first one must not mean the second");
    assert_eq!(read!(store, |tx| tx.proposal(first)), None);
    commit!(store, |tx| tx.drop_proposal(second));
    assert_eq!(read!(store, |tx| tx.proposal(second)), None);
    assert!(read!(store, |tx| tx.proposal(others)).is_some());
    let third = commit!(store, |tx| tx.propose_price_list(&whole("four"), PersonId(1), at(3)));
    assert!(![first, second, ProposalId(0)].contains(&third));
}

async fn a_revision_is_kept_and_its_text_follows(store: &Store) {
    commit!(store, |tx| tx.apply_price_list("spring", "Olga", at(0)));
    let revision = Revision { sku: Sku::parse("sp-1").unwrap(), offer: Offer::Package(50), to: Value::Quantity(60) };
    let proposal = Proposal { revision: Some(revision), ..whole("spring, revised") };
    let id = commit!(store, |tx| tx.propose_price_list(&proposal, PersonId(1), at(1)));
    assert_eq!(read!(store, |tx| tx.proposal(id)), Some(proposal.clone()));
    commit!(store, |tx| tx.rewrite_proposal(id, "summer, revised"));
    assert_eq!(read!(store, |tx| tx.proposal(id)), Some(Proposal { source: "summer, revised".to_owned(), ..proposal }));
}
