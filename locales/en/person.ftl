# What is stored about a person, exported for them.

person-data-about = What is stored about a person, in words. The JSON file has all of it, word for word.
person-data-table =
    { $table ->
        [people] Person
        [accounts] Account
        [billing] Billing details
        [invitations] Invitations
        [orders] Orders
        [order_lines] Order lines
        [order_events] History of orders
        [serial_numbers] Serial numbers
        [drafts] Drafts
        [dialogues] Dialogues with the bot
        [broken_dialogues] Dialogues that could not be read
        [outbox_messages] Messages from the bot
        [order_messages] Messages about orders
        [passed_on] Messages that were passed on
        [file_jobs] Files being handled
        [waiting_updates] Messages waiting to be handled
        [dead_letters] Messages that could not be handled
        [announced_waits] Notices of waiting
        [staff_standings] Membership of the staff group
        [appointed_admins] Appointments as admin
        [proposed_price_lists] Proposed price lists
        [audit] Audit trail
        [reactions_refused] Chats without reactions
        [resting_chats] Chats where the bot pauses
       *[other] { $table }
    }: { $count }
person-data-column =
    { $column ->
        [id] Number
        [account_id] Account
        [name] Name
        [username] Username
        [reachability] Reachability in Telegram
        [reachability_since] Reachability since
        [met_at] First seen
        [access] Access
        [access_asked_at] Access asked for
        [access_by] Access decided by
        [access_by_name] Name of whoever decided on access
        [access_decided_at] Access decided
        [joined_at] In the account since
        [telegram_language] Language in Telegram
        [chosen_language] Chosen language
        [founder] Owner
        [created_at] Created
        [company] Company
        [inn] INN
        [kpp] KPP
        [foreign_tax_number] Tax number
        [email] E-mail
        [changed_by] Changed by
        [changed_at] Changed
        [token] Invitation code
        [expires_at] Expires
        [invited] Invited
        [invited_name] Name of the person invited
        [lines] Lines
        [text] Text
        [file] File
        [number] Order number
        [placed_by] Placed by
        [placed_at] Date placed
        [status] Status
        [total] Amount
        [note] Note
        [talked_at] Last message
        [keys] Number of keys
        [invoiced] Invoice amount
        [order_number] Order
        [sku] SKU
        [names] Product
        [quantity] Number of keys
        [price] Line amount
        [happened_at] Time
        [actor_id] Telegram ID
        [actor_name] Name
        [role] Role
        [from_status] Status before
        [to_status] Status after
        [kind] Event
        [action] Details
        [serial] Serial number
        [imported_at] Imported
        [issued_at] Issued
        [person_id] Telegram ID
        [chat_id] Chat
        [draft] Draft
        [saved_at] Saved
        [state] State
        [reason] Reason
        [set_aside_at] Set aside
        [body] Content
        [posted_at] Queued
        [error] Error
        [settled_at] Settled
        [parked_at] Waiting since
        [sent_at] Sent
        [source_chat] Chat of the original message
        [invoice] Which of the order’s invoices
        [passed_at] Passed on
        [file_id] File in Telegram
        [purpose] Purpose
        [raw] Message from Telegram
        [since] Since
        [failing_since] Failing since
        [dead_at] Given up
        [announced_at] Announced
        [standing] Membership
        [seen_at] Checked
        [appointed_by] Appointed by
        [appointed_at] Appointed
        [dismissed_by] Dismissed by
        [dismissed_at] Dismissed
        [source] Price list
        [proposed_by] Proposed by
        [proposed_at] Proposed
        [subject_id] About
        [refused_at] Refused
        [rests_until] Until
       *[other] { $column }
    }
person-data-word =
    { $word ->
        [customer] customer
        [staff] staff
        [admin] admin
        [system] the bot
        [placed] placed
        [taken] taken
        [invoiced] invoiced
        [completed] completed
        [cancelled] cancelled
        [asked] question
        [answered] answer
        [file_lost] file lost
        [settled] no reply needed
        [admitted] granted
        [waiting] asked for
        [refused] refused
        [blocked] blocked
        [reachable] gets messages
        [member] member
        [anonymous] anonymous admin
        [outside] not a member
       *[other] { $word }
    }
