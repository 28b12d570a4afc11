# Picking somebody from one's Telegram contacts.

button-pick = Pick a person
button-give-up-picking = Cancel
button-pick-admin = Pick from contacts
button-invite-picked = Invite from contacts

contacts-for-admin = Press “{ button-pick }” below the message field and choose who will be an admin.
contacts-for-colleague = Press “{ button-pick }” below the message field and choose whom to invite.
contacts-wait-for-admin = Waiting for you to pick somebody from your contacts. You can also type a Telegram ID or a username, such as @smith
contacts-wait = Waiting for you to pick somebody from your contacts.
contacts-picked = Picked: { $name }
contacts-closed = Picking from contacts has ended.
contacts-appoint-unknown = They can be appointed right now, but the bot cannot write to them first: please ask them to open it.
members-invitation-for = Invitation { $number }, for { $name } only, until { $date }:
banner-invited-picked = The invitation is ready and works for this person only. The bot cannot write to them first, so please forward the link yourself.
