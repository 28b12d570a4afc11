# One sentence on top of a screen, and the answers to presses.

notice-not-a-quantity = This quantity cannot be ordered; please enter a number: { $allowed }.
notice-too-many-lines = One order holds at most { $limit } different keys; please put the rest into a second order.
notice-too-expensive = The total is too large; please reduce the quantity.
notice-product-gone = This key is no longer sold; please choose another.
notice-prices-changed = Prices have changed; please check the order again.
notice-names-changed = The names of keys have changed; please check the order again.
notice-lines-gone = Some keys are no longer sold in the chosen quantity; please check the order again.
notice-nothing-chosen = There is nothing in the order yet; please choose a key.
notice-use-buttons = Please use the buttons below the message or the menu; /help explains what the bot does
notice-second-hand = What is forwarded or sent through another bot is not accepted; please send it as a message of your own.
notice-unknown-command = There is no such command; /help lists them all
notice-order-number-expected = Please give the order number, for example: /order 449
notice-note-expected = Please type the note as text or press “‹ Back”.
notice-note-too-long = The note is too long; at most { $limit } characters fit.
notice-draft-kept = The order has not been sent but is saved; /new continues it
notice-nothing-to-cancel = There is nothing to cancel.
notice-order-sent = The order has been sent; we will let you know when it is invoiced.
notice-repeated-in-part = Some keys of that order are no longer sold or did not fit; please check the order.
notice-repeated-into-draft = The keys of that order have been added to your unsent one; please check it.
notice-nothing-to-repeat = There is no such order among yours.
notice-asked = The question has been sent; the answer will come here.
notice-goes-on = What you write within the next two minutes goes to the vendor too.
notice-asked-to-cancel = The request has been sent to the vendor; the answer will come here.
notice-words-sent = The message about order №{ $number } has been sent to the vendor; the answer will come here.
notice-words-added = This has been sent to the vendor too, about order №{ $number }.
notice-words-corrected = The correction has been sent to the vendor, about order №{ $number }.
notice-edit-ignored = Editing a message that was sent changes nothing; please write it again.
notice-too-many-unsent = No more messages can be kept; please send these to the vendor with the button, then write this one again.
unsent-one = This message has not been sent to the vendor. “Send to the vendor” sends it, about order №{ $number }.
unsent-many =
    { $count ->
        [one] { $count } message has not been sent to the vendor. “Send to the vendor” sends it, about order №{ $number }.
       *[other] { $count } messages have not been sent to the vendor. “Send to the vendor” sends them, about order №{ $number }.
    }
notice-words-expected = You can send a text, a photo or a file.
notice-words-too-long = The message is too long; at most { $limit } characters fit.
notice-too-many-questions = The vendor has not answered your last questions yet; please wait for an answer.
notice-limit-open-orders =
    The order was not sent: you already have { $count ->
        [one] { $count } open order
       *[other] { $count } open orders
    }, which is as many as there can be at once. Send it when one of them is completed or cancelled.
notice-limit-orders =
    The order was not sent but is kept: no more than { $count ->
        [one] { $count } order
       *[other] { $count } orders
    } can be sent within an hour. Send it after { $date }.
notice-limit-messages =
    The message was not passed on to the vendor: no more than { $count ->
        [one] { $count } message
       *[other] { $count } messages
    } can be sent within an hour. Repeat it after { $date }.
notice-not-any-more = The order’s status has changed; this can no longer be done.
notice-file-follows = The file comes in the next message.
notice-language-chosen = The language has been changed.
notice-started-afresh = The bot was updated and could not restore the previous screen; please start again.

toast-outdated = This screen is outdated; here is the current one.
toast-already-sent = Order №{ $number } has already been sent.
