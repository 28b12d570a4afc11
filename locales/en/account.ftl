# The account: colleagues, invitations, billing details, access.

button-members = Colleagues
button-billing = Billing details
button-invite = Invite a colleague
button-withdraw = Withdraw invitation { $number }
button-remove-member = Remove: { $name }
button-remove-member-now = Remove
button-leave-account = Leave the account
button-join = Join
button-decline = Do not join

settings-account-alone = Account: yours, no colleagues
settings-account-own =
    { $count ->
        [one] Account: yours, { $count } member
       *[other] Account: yours, { $count } members
    }
settings-account-shared =
    { $count ->
        [one] Account: owned by { $name }, { $count } member
       *[other] Account: owned by { $name }, { $count } members
    }
settings-billing = Billing details: { $company }
settings-billing-none = Billing details: not filled in

members-title = Colleagues
members-alone = Invite colleagues: you will share your orders, and each of you can place new ones.
members-share = Everybody listed here shares their orders.
members-owner = • { $name }, owner
members-member = • { $name }
members-invitation = Invitation { $number }, for one person, until { $date }:
members-remove-question = Remove { $name } from the account? They will no longer see its orders.
members-leave-question = Leave the account owned by { $name }? You will no longer see its orders, and your own earlier orders come back.
members-joined = A new member has joined your account: { $name }.
members-left = A member has left your account: { $name }.
members-removed = You are no longer in the account owned by { $name }. Your own orders are back: /orders

invitation-title = Invitation
invitation-from = You are invited to join an account. Owner: { $name }.
invitation-from-company = You are invited to join an account. Owner: { $name }, company: { $company }.
invitation-share = You will see its orders and can place new ones, and its members will see your new orders.
invitation-own-orders = Your earlier orders stay in your own account and come back when you leave the shared one.

banner-joined = You have joined the account; you can now see its orders.
banner-invitation-not-valid = This invitation is not valid; please ask your colleague for a new one.
banner-has-members = Colleagues have joined your account, so you cannot move to another; please remove them in /settings first.
banner-is-member = You are already in a colleague’s account; to move to another, please leave it in /settings first.
banner-is-there = This invitation leads to the account you are already in; please send the link to the colleague you are inviting.
banner-invited = The invitation is ready: send the link to your colleague. It works once.
banner-too-many-invitations =
    { $limit ->
        [one] { $limit } invitation is open already, and there can be no more; please withdraw it.
       *[other] { $limit } invitations are open already, and there can be no more; please withdraw one.
    }
banner-account-full = An account has room for at most { $limit } people, open invitations included.
banner-withdrawn = The invitation has been withdrawn, and its link no longer works.
banner-removed = The member has been removed.
banner-left = You have left the shared account; your own orders are back.

card-placed-by = Placed by: { $name }

button-fill-in-billing = Fill in
button-change-company = Change the name
button-change-inn = Change the INN
button-change-kpp = Change the KPP
button-change-foreign = Change the number
button-change-email = Change the e-mail
button-keep-billing = Save
button-back-to-order = ‹ To the order
button-foreign-tax-number = Not a Russian company
button-russian-tax-number = A Russian company

billing-title = Billing details
billing-none = There are no billing details yet.
billing-company = Company: { $value }
billing-inn = INN: { $value }
billing-kpp = KPP: { $value }
billing-foreign = Tax number: { $value }
billing-email = E-mail for documents: { $value }
billing-ask-company = Type the company name as it should appear on invoices, up to { $limit } characters.
billing-ask-inn = Type the Russian tax number (INN): 10 digits for a company, 12 for a sole trader.
billing-ask-foreign = Type the company’s tax number in its own country, up to 32 characters.
billing-ask-kpp = Type the KPP (the Russian tax registration code), 9 characters.
billing-ask-email = Type the e-mail address for invoices and other documents.
billing-now = Now: { $value }
billing-confirm = Please check the details and press “Save”.

banner-billing-needed = Before the first order, please give the billing details for the invoice; your order stays as it is.
banner-billing-kept = The billing details have been saved.
banner-kpp-dropped = The billing details have been saved without the KPP: a sole trader has none.
banner-foreign-number-kept = The billing details have been saved; they no longer include a Russian INN.
banner-inn-kept = The billing details have been saved, with the INN in place of the former tax number.
banner-kpp-needed = A company has a KPP besides its INN; the new INN will not be saved without it.
banner-kpp-not-taken = The KPP has not been saved: only a company with an INN of 10 digits has one.
banner-billing-company = Please type the name as text, up to { $limit } characters.
banner-billing-inn-length = An INN has 10 or 12 digits; please check it.
banner-billing-inn-check-digits = There is a mistake in the INN: its check digits do not match; please check it.
banner-billing-kpp = A KPP has 9 characters, for example 770701001; please check it.
banner-billing-foreign = A tax number has 4 to 32 letters and digits; please check it.
banner-billing-email = Please give one e-mail address, such as accounts@example.com.

access-waiting = We have passed your request for access on to the vendor of { $shop }.
access-waiting-next = The bot will write to you as soon as the vendor answers; there is nothing else to do.
access-refused = Unfortunately, the vendor of { $shop } has not given you access to ordering.
access-blocked = The bot cannot help you at present.
access-contact = Contact the vendor: { $contact }
access-admitted = The vendor of { $shop } has given you access; you can place orders now.

button-admit = Admit
button-refuse = Refuse
access-request = A new customer asks for access
access-word-admitted = Admitted
access-word-waiting = Awaiting a decision
access-word-refused = Access refused
access-word-blocked = Blocked
access-decided = { $decision }: { $name }, { $date }
access-refused-remedy = An admin can change it with /unblock.
access-decided-first = Already decided: “{ $decision }”, { $name }, { $date }.
access-decided-before = Already decided: “{ $decision }”.
access-unknown = The bot does not know this person.
