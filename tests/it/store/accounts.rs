//! Accounts that colleagues share.

use chrono::TimeDelta;
use keydesk::{
    domain::{
        Access, AccountId, Invitation, InvitationToken, Invited, Inviter, PersonId,
        accounts::account::{INVITATION_LIFE, MAX_INVITATIONS, MAX_MEMBERS},
        billing::{Inn, TaxNumber},
    },
    store::{Inviting, Removal, SaveDialogue, ShowIn, Store},
};

use super::{anna, at, billing::billing, boris, commit, dialogue_of, on_both, person, placed, read};

on_both!(
    a_guest_joins_and_is_brought_back,
    an_invitation_ends,
    of_many_guests_with_one_invitation_one_joins,
    two_owners_who_join_each_other_at_once_do_not_swap,
    invitations_and_members_have_bounds,
    only_the_owner_takes_members_out,
    whoever_waits_is_let_in_by_joining,
    an_inviter_is_named_with_the_firm,
);

fn token(seed: u8) -> InvitationToken {
    InvitationToken::from_random([seed; 16])
}

async fn invited(store: &Store, owner: i64, seed: u8) {
    assert_eq!(commit!(store, |tx| tx.invite(PersonId(owner), token(seed), None, at(0))), Inviting::Open);
}

async fn join(store: &Store, guest: i64, seed: u8) -> Invited {
    commit!(store, |tx| tx.join(PersonId(guest), token(seed), at(1)))
}

async fn account_of(store: &Store, id: i64) -> AccountId {
    read!(store, |tx| tx.customer(PersonId(id))).unwrap().account
}

async fn member_ids(store: &Store, account: AccountId) -> Vec<i64> {
    let account = read!(store, |tx| tx.account(account)).unwrap();
    account.members.iter().map(|member| member.id.0).collect()
}

async fn a_guest_joins_and_is_brought_back(store: &Store) {
    let (anna, boris) = (anna(store).await, boris(store).await);
    let number = placed(store, &anna, 1, 0).await;
    let next = SaveDialogue { state: "{}".to_owned(), show_in: ShowIn::NewMessage, watches: None };
    commit!(store, |tx| tx.save_dialogue(dialogue_of(2), None, &next, at(0)));
    invited(store, 1, 7).await;
    assert_eq!(read!(store, |tx| tx.invited(PersonId(2), token(7), at(1))), Invited::To(anna.account));
    assert_eq!(join(store, 2, 7).await, Invited::To(anna.account));
    assert_eq!(member_ids(store, anna.account).await, [1, 2]);
    assert_eq!(read!(store, |tx| tx.members_of(anna.account)), 2);
    assert!(read!(store, |tx| tx.order_of(&anna, number)).is_some());
    assert_eq!(commit!(store, |tx| tx.remove_member(PersonId(1), PersonId(2), at(2))), Removal::Removed);
    assert_eq!(account_of(store, 2).await, boris.account);
    assert_eq!(read!(store, |tx| tx.dialogue(dialogue_of(2))).unwrap().version, 2);
    invited(store, 1, 8).await;
    join(store, 2, 8).await;
    assert_eq!(commit!(store, |tx| tx.leave_account(PersonId(2))), Some(PersonId(1)));
    assert_eq!(commit!(store, |tx| tx.leave_account(PersonId(2))), None);
    assert_eq!(account_of(store, 2).await, boris.account);
    assert_eq!(read!(store, |tx| tx.account(AccountId(99))), None);
}

async fn an_invitation_ends(store: &Store) {
    let anna = anna(store).await;
    boris(store).await;
    invited(store, 1, 7).await;
    let open = Invitation { token: token(7), expires_at: at(0) + INVITATION_LIFE, invited: None };
    assert_eq!(read!(store, |tx| tx.invitations_to(anna.account, at(0))), [open]);
    let end = at(0) + INVITATION_LIFE;
    let before = end - TimeDelta::microseconds(1);
    assert_eq!(read!(store, |tx| tx.invited(PersonId(2), token(7), before)), Invited::To(anna.account));
    assert_eq!(read!(store, |tx| tx.invited(PersonId(2), token(7), end)), Invited::NotValid);
    assert_eq!(commit!(store, |tx| tx.join(PersonId(2), token(7), end)), Invited::NotValid);
    assert_eq!(read!(store, |tx| tx.invited(PersonId(1), token(7), at(1))), Invited::IsThere, "one's own");
    assert_eq!(read!(store, |tx| tx.invited(PersonId(9), token(7), at(1))), Invited::NotValid, "of nobody");
    commit!(store, |tx| tx.withdraw_invitation(PersonId(2), token(7)));
    assert_eq!(read!(store, |tx| tx.invited(PersonId(2), token(7), at(1))), Invited::To(anna.account));
    commit!(store, |tx| tx.withdraw_invitation(PersonId(1), token(7)));
    assert_eq!(join(store, 2, 7).await, Invited::NotValid);
}

async fn of_many_guests_with_one_invitation_one_joins(store: &Store) {
    let anna = anna(store).await;
    invited(store, 1, 7).await;
    for id in 2..12 {
        commit!(store, |tx| tx.meet(&person(id, "Guest"), Access::Admitted, at(0)));
    }
    let guests = (2..12).map(|id| {
        let store = store.clone();
        tokio::spawn(async move { join(&store, id, 7).await })
    });
    let mut joined = 0;
    for guest in guests.collect::<Vec<_>>() {
        joined += usize::from(guest.await.unwrap() == Invited::To(anna.account));
    }
    assert_eq!(joined, 1);
    assert_eq!(member_ids(store, anna.account).await.len(), 2);
}

async fn two_owners_who_join_each_other_at_once_do_not_swap(store: &Store) {
    let (anna, boris) = (anna(store).await, boris(store).await);
    invited(store, 1, 7).await;
    invited(store, 2, 8).await;
    let joins = [(1, 8), (2, 7)].map(|(guest, seed)| {
        let store = store.clone();
        tokio::spawn(async move { join(&store, guest, seed).await })
    });
    for joined in joins {
        joined.await.unwrap();
    }
    assert_eq!(account_of(store, 1).await, account_of(store, 2).await);
    let sizes = [member_ids(store, anna.account).await.len(), member_ids(store, boris.account).await.len()];
    assert!(sizes == [2, 0] || sizes == [0, 2], "{sizes:?}");
}

async fn invitations_and_members_have_bounds(store: &Store) {
    anna(store).await;
    for seed in 0..u8::try_from(MAX_INVITATIONS).unwrap() {
        invited(store, 1, seed).await;
    }
    assert_eq!(commit!(store, |tx| tx.invite(PersonId(1), token(99), None, at(0))), Inviting::TooMany);
    let later = at(0) + INVITATION_LIFE;
    assert_eq!(commit!(store, |tx| tx.invite(PersonId(1), token(99), None, later)), Inviting::Open);
    commit!(store, |tx| tx.withdraw_invitation(PersonId(1), token(99)));
    for id in 2..=i64::try_from(MAX_MEMBERS).unwrap() {
        commit!(store, |tx| tx.meet(&person(id, "Guest"), Access::Admitted, at(0)));
        invited(store, 1, 100).await;
        assert!(matches!(join(store, id, 100).await, Invited::To(_)));
    }
    assert_eq!(commit!(store, |tx| tx.invite(PersonId(1), token(99), None, later)), Inviting::Full);
    assert_eq!(commit!(store, |tx| tx.invite(PersonId(2), token(99), None, later)), Inviting::NotOwner);
}

async fn only_the_owner_takes_members_out(store: &Store) {
    let anna = anna(store).await;
    boris(store).await;
    commit!(store, |tx| tx.meet(&person(3, "Eve"), Access::Admitted, at(0)));
    invited(store, 1, 7).await;
    join(store, 2, 7).await;
    for (by, member) in [(3, 2), (2, 1), (2, 2), (1, 1), (1, 3), (1, 9)] {
        let removal = commit!(store, |tx| tx.remove_member(PersonId(by), PersonId(member), at(2)));
        assert_eq!(removal, Removal::NotThere, "{by} {member}");
    }
    assert_eq!(member_ids(store, anna.account).await, [1, 2]);
    invited(store, 3, 8).await;
    assert_eq!(join(store, 1, 8).await, Invited::HasMembers);
    assert_eq!(join(store, 2, 8).await, Invited::IsMember);
}

async fn whoever_waits_is_let_in_by_joining(store: &Store) {
    let anna = anna(store).await;
    commit!(store, |tx| tx.meet(&person(2, "Boris"), Access::Waiting, at(0)));
    commit!(store, |tx| tx.meet(&person(3, "Eve"), Access::Waiting, at(0)));
    invited(store, 3, 8).await;
    assert_eq!(join(store, 2, 8).await, Invited::NotValid, "of somebody who waits");
    invited(store, 1, 7).await;
    assert_eq!(join(store, 2, 7).await, Invited::To(anna.account));
    assert_eq!(read!(store, |tx| tx.customer(PersonId(2))).unwrap().access, Access::Admitted);
}

async fn an_inviter_is_named_with_the_firm(store: &Store) {
    let anna = anna(store).await;
    let inviter =
        |company: Option<&str>| Inviter { owner_name: "Anna".to_owned(), company: company.map(str::to_owned) };
    assert_eq!(read!(store, |tx| tx.inviter(anna.account)), Some(inviter(None)));
    let kept = billing(TaxNumber::Person { inn: Inn::parse("500100732259").unwrap() });
    commit!(store, |tx| tx.keep_billing(anna.account, &kept, PersonId(1), at(1)));
    assert_eq!(read!(store, |tx| tx.inviter(anna.account)), Some(inviter(Some("ООО «Ромашка»"))));
}
