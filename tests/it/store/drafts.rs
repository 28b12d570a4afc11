//! Drafts outlive whatever their customer does meanwhile.

use keydesk::{
    domain::{DraftId, PersonId},
    store::Store,
};

use super::{at, commit, on_both, read};

on_both!(a_draft_is_kept_until_it_is_dropped);

async fn a_draft_is_kept_until_it_is_dropped(store: &Store) {
    let draft = async || read!(store, |tx| tx.draft(PersonId(1)));
    assert_eq!(draft().await, None);
    for (id, json) in [(5, r#"{"v":1,"draft":{}}"#), (5, r#"{"v":1,"body":{}}"#), (6, "{}")] {
        commit!(store, |tx| tx.save_draft(PersonId(1), DraftId(id), json, at(id)));
        assert_eq!(draft().await.as_deref(), Some(json));
    }
    commit!(store, |tx| tx.save_draft(PersonId(2), DraftId(7), "[]", at(0)));
    commit!(store, |tx| tx.drop_draft(PersonId(1)));
    assert_eq!(draft().await, None);
    assert_eq!(read!(store, |tx| tx.draft(PersonId(2))).as_deref(), Some("[]"));
}
