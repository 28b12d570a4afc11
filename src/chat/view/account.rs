//! The account's screens: its people, invitations, leaving, joining, and what people see who are not served.

use chrono::{DateTime, Utc};

use super::keyboard::{Button, Keyboard};
use super::parts::{repeated, shown_name};
use super::{AccountView, Facts, Html, Screen};
use crate::chat::action::{AccessAction, AccountAction, Action};
use crate::chat::dialogue::AccountBanner;
use crate::chat::i18n::Texts;
use crate::domain::accounts::account::{MAX_INVITATIONS, MAX_MEMBERS};
use crate::domain::typed::clean_line;
use crate::domain::{Access, InvitationToken, Inviter, Member, Person, PersonId, Sending};

/// The account's people, and for its owner the invitations.
pub fn members(view: &AccountView, texts: &Texts) -> Screen {
    let is_alone = view.account.members.len() == 1;
    let purpose = if is_alone { "members-alone" } else { "members-share" };
    let heading = Html::new().bold(&texts.say("members-title")).end_line().line(&texts.say(purpose)).gap();
    let listed = view.account.members.iter().fold(heading, |text, member| text.line(&member_line(member, view, texts)));
    let text = (1_u64..).zip(&view.invitations).fold(listed, |text, (number, (invitation, link))| {
        let mut variables = vec![("number", number.into()), ("date", texts.date_time(invitation.expires_at).into())];
        let key = if invitation.invited.is_some() { "members-invitation-for" } else { "members-invitation" };
        variables.extend(invitation.invited.as_deref().map(|name| ("name", clean_line(name, Person::MAX_NAME).into())));
        text.gap().line(&texts.say_with(key, &variables)).line(link)
    });
    let labelled = |key: &str, name: String| texts.say_with(key, &[("name", name.into())]);
    let keyboard = if view.is_owner() {
        let remove = |member: &Member| {
            let action = AccountAction::AskRemove(member.id);
            button(labelled("button-remove-member", shown_name(member)), action)
        };
        let withdraw = (1_u64..).zip(&view.invitations).map(|(number, (invitation, _))| {
            let label = texts.say_with("button-withdraw", &[("number", number.into())]);
            button(label, AccountAction::Withdraw(invitation.token))
        });
        Keyboard::new()
            .grid(1, view.colleagues().map(remove).collect())
            .grid(1, withdraw.collect())
            .row([button(texts.say("button-invite"), AccountAction::Invite)])
            .row([button(texts.say("button-invite-picked"), AccountAction::Pick)])
    } else {
        Keyboard::new().row([button(texts.say("button-leave-account"), AccountAction::AskLeave)])
    };
    Screen { text, keyboard: keyboard.row([back_to_settings(texts)]) }
}

fn member_line(member: &Member, view: &AccountView, texts: &Texts) -> String {
    let name = match &member.username {
        Some(username) => format!("{} (@{username})", shown_name(member)),
        None => shown_name(member),
    };
    let key = if member.id == view.account.owner { "members-owner" } else { "members-member" };
    texts.say_with(key, &[("name", name.into())])
}

/// Waits for somebody to be picked from the contacts.
pub fn picking(texts: &Texts) -> Screen {
    let back = button(texts.say("button-back"), AccountAction::Members);
    Screen { text: Html::new().line(&texts.say("contacts-wait")), keyboard: Keyboard::new().row([back]) }
}

/// Whether to take a member out; whoever is none, or not the reader's to take out, gets the list.
pub fn removal(view: &AccountView, member: PersonId, texts: &Texts) -> Screen {
    let Some(member) = view.colleagues().find(|known| known.id == member && view.is_owner()) else {
        return members(view, texts);
    };
    let question = texts.say_with("members-remove-question", &[("name", shown_name(member).into())]);
    let remove = button(texts.say("button-remove-member-now"), AccountAction::Remove(member.id));
    let back = button(texts.say("button-back"), AccountAction::Members);
    Screen { text: Html::new().line(&question), keyboard: Keyboard::confirm(remove, back) }
}

/// Whether to leave; whoever is in their own account gets the list.
pub fn leave(view: &AccountView, texts: &Texts) -> Screen {
    if view.is_owner() {
        return members(view, texts);
    }
    let question = texts.say_with("members-leave-question", &[("name", view.owner_name().into())]);
    let leave = button(texts.say("button-leave-account"), AccountAction::Leave);
    let back = button(texts.say("button-back"), AccountAction::Members);
    Screen { text: Html::new().line(&question), keyboard: Keyboard::confirm(leave, back) }
}

/// Whether to join the account of whoever invites.
pub fn invitation(inviter: &Inviter, token: InvitationToken, texts: &Texts) -> Screen {
    let name = ("name", inviter.owner_name.as_str().into());
    let who = match &inviter.company {
        Some(company) => texts.say_with("invitation-from-company", &[name, ("company", company.as_str().into())]),
        None => texts.say_with("invitation-from", &[name]),
    };
    let text = Html::new()
        .bold(&texts.say("invitation-title"))
        .gap()
        .line(&who)
        .line(&texts.say("invitation-share"))
        .line(&texts.say("invitation-own-orders"));
    let keyboard = Keyboard::new()
        .row([button(texts.say("button-join"), AccountAction::Join(token))])
        .row([Button::act(texts.say("button-decline"), Action::Home)]);
    Screen { text, keyboard }
}

/// An invitation that cannot be used, or not any more.
pub fn invitation_gone(texts: &Texts) -> Screen {
    let keyboard = Keyboard::new().row([Button::act(texts.say("button-home"), Action::Home)]);
    Screen { text: Html::new().line(&texts.say("banner-invitation-not-valid")), keyboard }
}

/// The one screen of people who are not served.
pub fn held_back(access: Access, facts: &Facts, texts: &Texts) -> Screen {
    let shop = ("shop", facts.shop.name.as_str().into());
    let text = match access {
        Access::Admitted | Access::Waiting => {
            Html::new().line(&texts.say_with("access-waiting", &[shop])).line(&texts.say("access-waiting-next"))
        }
        Access::Refused => Html::new().line(&texts.say_with("access-refused", &[shop])),
        Access::Blocked => Html::new().line(&texts.say("access-blocked")),
    };
    let text = match &facts.shop.contact {
        Some(contact) => text.line(&texts.say_with("access-contact", &[("contact", contact.as_str().into())])),
        None => text,
    };
    Screen { text, keyboard: Keyboard::new() }
}

/// To the staff: somebody asks to be let in; with buttons while that is undecided.
pub fn access_request(
    person: &Person,
    (access, by): (Access, Option<(String, DateTime<Utc>)>),
    sending: Sending,
    texts: &Texts,
) -> Screen {
    let name = if person.name.is_empty() { person.id.to_string() } else { person.name.clone() };
    let linked = Html::new().person(person.id.0, &name);
    let username = person.username.as_ref().map_or_else(String::new, |username| format!(", @{username}"));
    let text = repeated(sending, texts).bold(&texts.say("access-request")).end_line().then(linked).line(&username);
    let decide = |key: &str, action| Button::act(texts.say(key), Action::Access(person.id, action));
    match access {
        Access::Waiting => {
            let keyboard = Keyboard::new()
                .row([decide("button-admit", AccessAction::Admit), decide("button-refuse", AccessAction::Refuse)]);
            Screen { text, keyboard }
        }
        decided => {
            let word = access_word(decided, texts);
            let said = match by {
                Some((name, at)) => texts.say_with(
                    "access-decided",
                    &[("decision", word.into()), ("name", name.into()), ("date", texts.date_time(at).into())],
                ),
                None => word,
            };
            Screen { text: text.inert_line(&said), keyboard: Keyboard::new() }
        }
    }
}

/// The word for somebody's access, as the staff read it.
pub fn access_word(access: Access, texts: &Texts) -> String {
    texts.say(match access {
        Access::Admitted => "access-word-admitted",
        Access::Waiting => "access-word-waiting",
        Access::Refused => "access-word-refused",
        Access::Blocked => "access-word-blocked",
    })
}

/// To a person who was let in.
pub fn admitted(shop: &str, texts: &Texts) -> Screen {
    let keyboard = Keyboard::new()
        .row([Button::act(texts.say("button-new-order"), Action::NewOrder)])
        .row([Button::act(texts.say("button-home"), Action::Home)]);
    Screen { text: Html::new().line(&texts.say_with("access-admitted", &[("shop", shop.into())])), keyboard }
}

/// To the owner: somebody joined.
pub fn joined(name: &str, texts: &Texts) -> Screen {
    told("members-joined", name, texts)
}

/// To the owner: somebody left.
pub fn left(name: &str, texts: &Texts) -> Screen {
    told("members-left", name, texts)
}

/// To a member whom the owner took out.
pub fn removed(owner: &str, texts: &Texts) -> Screen {
    let text = Html::new().line(&texts.say_with("members-removed", &[("name", owner.into())]));
    Screen { text, keyboard: Keyboard::new().row([Button::act(texts.say("button-home"), Action::Home)]) }
}

fn told(key: &str, name: &str, texts: &Texts) -> Screen {
    let text = Html::new().line(&texts.say_with(key, &[("name", name.into())]));
    Screen { text, keyboard: Keyboard::new().row([button(texts.say("button-members"), AccountAction::Members)]) }
}

/// The answer to whoever decided about somebody's access after it was decided.
pub fn decided_before(access: Access, by: Option<(String, DateTime<Utc>)>, texts: &Texts) -> String {
    let decision = ("decision", access_word(access, texts).into());
    let said = match by {
        Some((name, at)) => texts
            .say_with("access-decided-first", &[decision, ("name", name.into()), ("date", texts.date_time(at).into())]),
        None => texts.say_with("access-decided-before", &[decision]),
    };
    if access == Access::Refused { format!("{said} {}", texts.say("access-refused-remedy")) } else { said }
}

/// What a banner about the account says.
pub fn sentence(banner: AccountBanner, texts: &Texts) -> String {
    let limit = |limit: usize| ("limit", (limit as u64).into());
    match banner {
        AccountBanner::Joined => texts.say("banner-joined"),
        AccountBanner::InvitationNotValid => texts.say("banner-invitation-not-valid"),
        AccountBanner::HasMembers => texts.say("banner-has-members"),
        AccountBanner::IsMember => texts.say("banner-is-member"),
        AccountBanner::IsThere => texts.say("banner-is-there"),
        AccountBanner::Invited => texts.say("banner-invited"),
        AccountBanner::InvitedPicked => texts.say("banner-invited-picked"),
        AccountBanner::TooManyInvitations => texts.say_with("banner-too-many-invitations", &[limit(MAX_INVITATIONS)]),
        AccountBanner::AccountFull => texts.say_with("banner-account-full", &[limit(MAX_MEMBERS)]),
        AccountBanner::Withdrawn => texts.say("banner-withdrawn"),
        AccountBanner::Removed => texts.say("banner-removed"),
        AccountBanner::Left => texts.say("banner-left"),
        AccountBanner::BillingNeeded => texts.say("banner-billing-needed"),
        AccountBanner::BillingKept => texts.say("banner-billing-kept"),
        AccountBanner::KppDropped => texts.say("banner-kpp-dropped"),
        AccountBanner::ForeignNumberKept => texts.say("banner-foreign-number-kept"),
        AccountBanner::InnKept => texts.say("banner-inn-kept"),
        AccountBanner::KppNeeded => texts.say("banner-kpp-needed"),
        AccountBanner::KppNotTaken => texts.say("banner-kpp-not-taken"),
    }
}

fn button(label: String, action: AccountAction) -> Button {
    Button::act(label, Action::Account(action))
}

fn back_to_settings(texts: &Texts) -> Button {
    button(texts.say("button-back"), AccountAction::Settings)
}
