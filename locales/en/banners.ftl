# One sentence on top of a screen, and the answers to presses.

banner-not-a-quantity = That quantity was not understood; please type a whole number in digits: { $allowed }.
banner-quantity-too-small = That is too few; the smallest quantity is { $bound }, and you can order { $allowed }.
banner-quantity-too-large = That is too many; the largest quantity is { $bound }, and you can order { $allowed }.
banner-quantity-not-sold = { $bound } cannot be ordered; you can order { $allowed }.
banner-too-many-lines = One order can have at most { $limit } different products; please put the rest into a second order.
banner-too-expensive = The total is too large; please reduce the quantity.
banner-product-gone = This product is no longer sold; please choose another.
banner-prices-changed = Prices have changed; please check the order again.
banner-names-changed = Product names have changed; please check the order again.
banner-lines-gone = Some products are no longer sold in the chosen quantity; please check the order again.
banner-nothing-chosen = There is nothing in the order yet; please choose a product.
banner-use-buttons = Please use the buttons below the message or the menu; /help explains what the bot does.
banner-use-buttons-or-contact = Please use the buttons below the message or the menu; /help explains what the bot does. Contact the vendor: { $contact }
banner-second-hand = Forwarded messages, messages sent through another bot and replies to messages in other chats are not accepted; please send this as a plain message.
banner-unknown-command = There is no such command; /help lists them all.
banner-order-number-expected = Please give the order number, for example: /order 449
banner-note-expected = Please type the note as text or press “‹ Back”.
banner-note-too-long = The note is too long; at most { $limit } characters fit.
banner-draft-kept = The order has not been sent, but it is saved; /new continues it.
banner-nothing-to-cancel = There is nothing to cancel.
banner-order-sent = The order has been sent; we will let you know when it is invoiced.
banner-repeated-in-part = Some products of that order are no longer sold or did not fit; please check the order.
banner-repeated-into-draft = The products of that order have been added to your unsent one; please check it.
banner-nothing-to-repeat = You have no such order.
banner-asked = The question has been sent; the answer will come here.
banner-goes-on = Anything you write within the next two minutes goes to the vendor too.
banner-asked-to-cancel = The request has been sent to the vendor; the answer will come here.
banner-words-sent = The message about order #{ $number } has been sent to the vendor; the answer will come here.
banner-words-added = This has been sent to the vendor too: order #{ $number }.
banner-words-corrected = The correction about order #{ $number } has been sent to the vendor.
banner-edit-ignored = Editing a message that was already sent changes nothing; please send a new one.
banner-too-many-unsent = No more unsent messages can be kept; please send the earlier ones to the vendor with the button, then write this one again.
unsent-one = This message has not been sent to the vendor. Press “Send to the vendor” to send it about order #{ $number }.
unsent-many =
    { $count ->
        [one] { $count } message has not been sent to the vendor. Press “Send to the vendor” to send it about order #{ $number }.
       *[other] { $count } messages have not been sent to the vendor. Press “Send to the vendor” to send them about order #{ $number }.
    }
unsent-one-choose = This message has not been sent to the vendor. Choose the order it is about.
unsent-many-choose =
    { $count ->
        [one] { $count } message has not been sent to the vendor. Choose the order it is about.
       *[other] { $count } messages have not been sent to the vendor. Choose the order they are about.
    }
banner-words-expected = You can send a text, a photo, a video, a voice message, a sticker or a file.
banner-too-many-questions = The vendor has not answered your last questions yet; please wait for an answer.
banner-limit-open-orders =
    The order was not sent, but it is saved: you already have { $count ->
        [one] { $count } open order
       *[other] { $count } open orders
    }, and there can be no more at once. Send it when one of them is completed or cancelled.
banner-limit-orders =
    The order was not sent, but it is saved: no more than { $count ->
        [one] { $count } order
       *[other] { $count } orders
    } can be sent within an hour. Send it after { $date }.
banner-limit-messages =
    The message was not passed on to the vendor: no more than { $count ->
        [one] { $count } message
       *[other] { $count } messages
    } can be sent within an hour. Please send it again after { $date }.
banner-limit-messages-kept =
    The message was not passed on to the vendor: no more than { $count ->
        [one] { $count } message
       *[other] { $count } messages
    } can be sent within an hour. Send it with the button after { $date }.
banner-limit-serials =
    This was not done: serial numbers can be requested or looked up no more than { $count ->
        [one] { $count } time
       *[other] { $count } times
    } within an hour. Repeat it after { $date }.
banner-not-any-more = The order’s status has changed; this can no longer be done. The buttons below show what can be.
banner-file-follows = The file follows in the next message.
banner-language-chosen = The language has been changed.
banner-started-afresh = The bot was updated and could not restore the previous screen; please start again.

toast-outdated = This screen is outdated; here is the current one.
toast-already-sent = Order #{ $number } has already been sent.
