# One sentence on top of a screen, and the answers to presses.

notice-not-a-quantity = This quantity cannot be ordered, please give a number: { $allowed }.
notice-too-many-lines = One order holds at most { $limit } different keys, please put the rest into a second order.
notice-too-expensive = The total is too large, please lower the quantity.
notice-product-gone = This key is not sold any more, please choose another.
notice-prices-changed = Prices have changed, please check the order again.
notice-names-changed = Keys have been renamed, please check the order again.
notice-lines-gone = Some keys are not sold in the chosen quantity any more, please check the order again.
notice-nothing-chosen = There is nothing in the order yet, please choose a key.
notice-use-buttons = Please choose with a button below the message or in the menu; /help tells what the bot does
notice-unknown-command = There is no such command; /help tells what the bot does
notice-order-number-expected = Please give the order's number, for example: /order 449
notice-note-expected = Please type the note as text or press “‹ Back”.
notice-note-too-long = The note is too long: { $limit } characters fit.
notice-draft-kept = The order is not sent and is kept; /new goes on with it
notice-nothing-to-cancel = There is nothing to cancel now.
notice-order-sent = The order is sent, we will tell you when it is invoiced.
notice-repeated-in-part = Some keys of that order are not sold any more or did not fit, please check the order.
notice-nothing-to-repeat = There is no such order among yours.
notice-language-chosen = The language is changed.
notice-started-afresh = The bot was updated and could not go on from the former screen, please start again.

toast-outdated = This screen is outdated, here is the current one.
toast-already-sent = Order №{ $number } is already sent.
