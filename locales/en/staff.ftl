# The staff chat.

alert-customer = Customer: { $name }
alert-account = account { $account }
actor-system = the system
alert-new = New order №{ $number }
alert-placed = { $date } — placed by { $name }
alert-taken = { $date } — taken by { $name }
alert-invoiced = { $date } — invoiced for { $amount } by { $name }
alert-invoiced-due = { $date } — invoiced for { $amount }, due { $due }, by { $name }
alert-completed = { $date } — completed by { $name }
alert-cancelled = { $date } — cancelled by { $name }. { $reason }
alert-asked = { $date } — question, { $name }: { $text }
alert-asked-to-cancel = { $date } — request to cancel, { $name }: { $text }
alert-asked-to-cancel-silently = { $date } — request to cancel: { $name }
alert-answered = { $date } — answer, { $name }: { $text }
alert-file = file
alert-blocked = Not delivered: { $name } (the bot is blocked)
alert-refused = Not delivered: { $name } (Telegram refused the message)
alert-deactivated = Not delivered: { $name } (the Telegram account is deleted)

button-take = Take
button-invoice = Invoice
button-invoice-anew = Invoice again
button-complete = Complete
button-cancel-order = Cancel order
button-from-stock = From stock
button-confirm-cancel = Cancel the order
button-dismiss = Not now

staff-ask-invoice = { $name }, what is the amount of the invoice for order №{ $number }?
staff-ask-invoice-how = Press the order’s total or reply to this message with an amount, a PDF, or a PDF with the amount as its caption. A due date may follow the amount: 25000 { $day }
staff-ask-serials = { $name }, where do the serial numbers of order №{ $number } come from?
staff-ask-serials-how = Press “From stock” or reply to this message with a .txt or .csv file: one serial number per line, with the SKU in a second column if there are several products.
staff-ask-reason = { $name }, why is order №{ $number } being cancelled?
staff-ask-reason-how = Choose a reason or reply to this message with one; the customer will see it.
staff-confirm-cancel = { $name }, cancel order №{ $number }?
staff-question-overtaken = { $name }, order №{ $number } changed while you were answering:
staff-news = While you were answering:
staff-reason = Reason: { $reason }
staff-reading-serials = { $name }, the file with the serial numbers of order №{ $number } is being read.
staff-need-line =
    { $quantity ->
        [one] { $product } — { $quantity } key, { $available } in stock
       *[other] { $product } — { $quantity } keys, { $available } in stock
    }
staff-done-invoiced = Order №{ $number } has been invoiced.
staff-done-completed = Order №{ $number } has been completed; the serial numbers are on their way to the customer.
staff-done-cancelled = Order №{ $number } has been cancelled.
staff-answered = The answer about order №{ $number } is on its way to the customer.
staff-question-closed = The question is closed.
staff-no-such-order = There is no order №{ $number }; please check the number.
staff-order-number-expected = Please give an order number after the command, for example 449.
staff-amount-expected = Please give an amount above zero in digits, such as 25000 or 25000.50, or send a PDF.
staff-due-in-the-past = The due date has passed; please give the amount with a future date.
staff-pdf-expected = An invoice must be a PDF; please send one, or give the amount in digits.
staff-reason-expected = Please give a reason, with a button or as text of up to { $limit } characters.
staff-file-expected = Please send a .txt or .csv file with serial numbers.
staff-answer-expected = A customer can be answered with text, a photo or a file.
staff-answer-too-long = The answer is too long; at most { $limit } characters fit.
staff-not-asked = This message does not wait for a reply, and the customer will not get yours. To answer a customer, reply to their question; everything else is done with the buttons below the order.
staff-not-yours = Somebody else was asked this. Press a button below the order, and the bot will ask you.
staff-asked-anew = That was a reply to an earlier question and was not taken; please reply to this one:
staff-no-answer = That was not a reply and was not taken; please send it as a reply to this message.
staff-one-file-expected = One file is needed, not several at once; please send it by itself.
staff-edit-ignored = Editing a message that was sent changes nothing. To change an answer, give it again.
staff-currency-named = Invoices are in { $currency }; please give the amount in digits only.
staff-short = There are not enough serial numbers; the order has not been completed:
staff-short-line = { $product }: { $needed } needed, { $available } in stock
staff-file-in-work = The file is still being read; the result will come here.
staff-file-after-another = The previous file is read first, then this one.
staff-file-refused = The order has not been completed. { $reason }
file-not-there = Telegram does not give out this file; please send it again.
file-too-large = The file is larger than { $limit } MB, so the bot cannot fetch it; please bring the serial numbers into the stock with the command keydesk serials import.
file-not-utf8 = Line { $line } is not UTF-8 text; please save the file as UTF-8.
file-line-too-long = Line { $line } is too long; please write one serial number per line.
file-quotes = Line { $line } has a quotation mark without its pair; please remove it.
file-columns = Line { $line } has more than two columns; please leave the serial number and, if needed, the SKU.
file-no-product = Line { $line } has no SKU from the price list; please correct it.
file-serial-empty = Line { $line } has a SKU without a serial number; please complete or remove it.
file-serial-too-long = Line { $line } has a serial number that is too long; at most { $limit } characters fit.
file-serial-space = Line { $line } has a space within a serial number; please remove it.
file-serial-invisible = Line { $line } has an invisible character; please type it again.
file-repeated = Line { $again } repeats the serial number of line { $first }; please remove one of them.
file-empty = The file has no serial numbers.
file-counts = The counts do not match:
file-count-line = { $product }: { $needed } needed, { $available } in the file
file-other-product = The file has serial numbers of { $product }, which is not in the order.
file-skus-expected = The order has several products; please write the SKU beside each serial number.
file-given =
    { $count ->
        [one] { $product }: { $count } serial number in the file has already been given out.
       *[other] { $product }: { $count } serial numbers in the file have already been given out.
    }
file-foreign =
    { $count ->
        [one] { $product }: { $count } serial number in the file belongs to another product.
       *[other] { $product }: { $count } serial numbers in the file belong to another product.
    }
staff-taken = Order №{ $number } is yours now.
staff-button-closed = This button belongs to a question that is closed or is somebody else’s.
staff-overtaken-taken = Order №{ $number } is already taken: { $name }, { $date }
staff-overtaken = Order №{ $number } is already “{ $status }”; somebody was first: { $name }, { $date }
staff-not-now = Order №{ $number } is “{ $status }”; this cannot be done now.
staff-invoice-first = Order №{ $number } must be invoiced first.
staff-anonymous-sender = The bot records who did what, so it accepts nothing from anonymous admins and channels. Please send this under your own name.
staff-not-verified = Telegram does not confirm at the moment that you are in this chat. Please try again in a minute; if that does not help, make the bot an administrator of the chat.
staff-outside = Only members of this chat can do that.
staff-blocked = You are blocked; please turn to an admin.
staff-chat-open = Anybody can read this chat, so the bot does nothing here.

question-title = Question about order №{ $number }
question-cancel-title = Request to cancel order №{ $number }
question-from = { $name } asks. Reply to this message, and the customer will get your answer.
question-cancel-from = { $name } asks for the order to be cancelled. Reply to this message, and the customer will get your answer.
stock-low = Serial numbers are running out: { $product }, { $left } left.
