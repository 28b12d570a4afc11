# The staff chat.

alert-customer = Customer: { $name }
alert-account = account { $account }
actor-system = the system
alert-new = New order #{ $number }
alert-blocked = Not delivered: { $name } (the bot is blocked)
alert-refused = Not delivered: { $name } (Telegram refused the message)
alert-deactivated = Not delivered: { $name } (the Telegram account is deleted)
alert-waits = Not delivered yet: { $name } (Telegram is not accepting the message at the moment; the bot will try again)

button-confirm-cancel = Cancel the order
button-confirm-invoice = Yes, { $amount }
button-send-to-customer = Send to the customer
button-dismiss = Not now

staff-ask-invoice = { $name }, what is the amount of the invoice for order #{ $number }?
staff-ask-invoice-how = Press the order’s total or reply to this message with an amount, a PDF, or a PDF with the amount as its caption. A due date may follow the amount: 25000 { $day }
staff-confirm-invoice = { $name }, invoice order #{ $number } for { $amount }?
staff-confirm-invoice-how = The order’s total is { $total }: one amount is more than twice the other. Confirm the amount with the button, or reply to this message with another.
staff-confirm-invoice-due = Due date: { $date }
staff-checking-invoice = { $name }, the invoice file for order #{ $number } is being checked.
staff-offer-to-send = Send this to the customer, about order #{ $number }?
staff-ask-serials = { $name }, where do the serial numbers of order #{ $number } come from?
staff-ask-serials-how = Press the button or reply to this message with a .txt, .csv or .xlsx file: one serial number per line, with the SKU in a second column if there are several products.
staff-ask-reason = { $name }, why is order #{ $number } being cancelled?
staff-ask-reason-how = Choose a reason or reply to this message with one; the customer will see it.
staff-confirm-cancel = { $name }, cancel order #{ $number }?
staff-question-overtaken = { $name }, order #{ $number } changed while you were answering:
staff-news = While you were answering:
staff-reason = Reason: { $reason }
staff-reading-serials = { $name }, the file with the serial numbers of order #{ $number } is being read.
staff-need-line =
    { $quantity ->
        [one] { $product } — { $quantity }{ "\u00A0" }key, { $available } in stock
       *[other] { $product } — { $quantity }{ "\u00A0" }keys, { $available } in stock
    }
staff-need-line-enough =
    { $quantity ->
        [one] { $product } — { $quantity }{ "\u00A0" }key, enough in stock
       *[other] { $product } — { $quantity }{ "\u00A0" }keys, enough in stock
    }
staff-question-closed = The question is closed.
staff-no-such-order = There is no order #{ $number }; please check the number.
staff-order-number-expected = Please give an order number after the command, for example 449.
staff-amount-expected = The amount was not understood; please give one above zero in digits, such as 25000, 25000.50 or 25,000.00 (not 25,000), or send a PDF.
staff-day-expected = The due date was not understood: after the amount, please type the day in digits, such as 10.12 for 10 December.
staff-due-in-the-past = The due date has passed; please give the amount with a future date.
staff-invoiced-so = The invoice for order #{ $number } says so already; nothing has changed.
staff-pdf-expected = The file was not accepted, it is not a PDF; please send the invoice as a PDF, or give the amount in digits.
staff-pdf-too-large = The file is larger than { $limit }{ "\u00A0" }MB, so the bot cannot check it; please send a smaller one, or give the amount in digits.
staff-reason-expected = Please give a reason, with a button or as text of up to { $limit } characters.
staff-file-expected = Please send a .txt, .csv or .xlsx file with serial numbers.
staff-answer-expected = A customer can be answered with a text, a photo, a video, a voice message, a sticker or a file.
staff-too-many-offered = No more unsent messages can be kept; please send the earlier ones to the customer with the button, then write this one again.
staff-not-asked = This message does not wait for a reply, and the customer will not get yours. To answer a customer, reply to their question; everything else is done with the buttons below the order.
staff-perhaps-serials = The button sends this to the customer as it is. To deliver serial numbers, reply to the order’s message with a .txt, .csv or .xlsx file.
staff-offered-file = File { $name }
staff-offered-nameless = A file without a name
staff-serials-typed = This looks like serial numbers, so it was neither sent to the customer nor kept. To deliver serial numbers, reply to the order’s message with a .txt, .csv or .xlsx file. If they are something else, please add a word of explanation.
staff-serial-named = There is a serial number in the message, so it was neither sent to the customer nor kept. Please write it without the number, and deliver serial numbers as a file in reply to the order’s message.
staff-not-yours = Somebody else was asked this, and the answer was not taken.
staff-asked-anew = That was a reply to an earlier question and was not accepted; please reply to this one:
staff-no-answer = That was not a reply and was not accepted; please send it as a reply to this message.
staff-one-file-expected = One file is needed, not several at once; please send it by itself.
staff-edit-ignored = Editing a message that was already sent changes nothing. To change an answer, send it again.
staff-currency-named = The currency was not accepted: invoices are in { $currency }; please give the amount in digits.
staff-short = There are not enough serial numbers; the order has not been completed:
staff-short-line = { $product }: { $needed } needed, { $available } in stock
staff-file-in-work = The file is still being read; the result will come here.
staff-file-after-another = The previous file is read first, then this one.
staff-file-refused = The order has not been completed. { $reason }
file-not-there = Telegram does not provide this file; please send it again.
file-out-of-reach = The file has stayed on the Bot API server, where the bot cannot read it; please tell whoever runs the bot: the log has the reason.
file-given-up = Work on this file broke off several times and was stopped. Please check the file and send it again.
file-too-large = The file is larger than { $limit }{ "\u00A0" }MB, so the bot cannot fetch it; please import the serial numbers with the command keydesk serials import.
file-workbook-too-large = This workbook is too large for a list of serial numbers. Please save the sheet as .csv and send it again.
file-several-sheets = Several sheets contain data: { $sheets }. Leave one sheet with serial numbers.
file-not-utf8 = Line { $line } is not UTF-8 text; please save the file as UTF-8.
file-line-too-long = Line { $line } is too long; please write one serial number per line.
file-quotes = Line { $line } has a quotation mark without its pair; please remove it.
file-columns = Line { $line } has more than two columns; please keep only the serial number and, if needed, the SKU.
file-no-product = Line { $line } has no SKU from the price list; please correct it.
file-serial-empty = Line { $line } has a SKU without a serial number; please complete or remove it.
file-serial-too-long = Line { $line } has a serial number that is too long; at most { $limit } characters fit.
file-serial-space = Line { $line } has a space; please remove it, or the whole line if it is not a serial number.
file-serial-invisible = Line { $line } has an invisible character; please type it again.
file-junk-marks = Line { $line } is a remark, markup or a total, or has an extra mark or word beside its serial number; please keep only the serial number, or remove the line.
file-junk-pair = Line { $line } has two serial numbers; please write one to a line. If it is a single one, please give this product a serial_pattern in the price list.
file-junk-figures = Line { $line } is a date, a sum, a phone number or a row number; please keep only the column of serial numbers. If it is a serial number, please give this product a serial_pattern in the price list.
file-junk-escaped = Line { $line } has characters written as codes, as for a web page or an address (&amp;, %2D); please save the file as plain text.
file-junk-formula = Line { $line } is a formula; please save the file with values in place of formulas.
file-junk-rounded = Line { $line } has a number that a spreadsheet has rounded; its last digits are lost. Please format the column as text, enter the serial numbers again and save the file once more.
file-junk-formatted = Line { $line } has a number that the spreadsheet displays differently from how it stores it. Please format the column as text, enter the serial numbers again and save the file once more.
file-junk-lookalike = Line { $line } has characters that look like others: letters of two alphabets, a dash in place of a hyphen, or full-width characters. Please copy the serial number from its source again.
file-junk-unlike = Line { $line } is unlike the others. If it is a heading or a remark, please remove it; if it is a serial number, please give this product a serial_pattern in the price list.
file-junk-pattern = Line { $line } does not match the serial_pattern of the price list. Please correct the line or the price list.
file-separator = Line { $line } sets the column separator and was skipped.
file-rules =
    { $count ->
        [one] { $count } line without letters or digits was skipped: line { $line }.
       *[other] { $count } lines without letters or digits were skipped, the first is line { $line }.
    }
file-notes =
    { $count ->
        [one] { $count } line with a note (# and a space) was skipped: line { $line }.
       *[other] { $count } lines with notes (# and a space) were skipped, the first is line { $line }.
    }
file-unwrapped =
    { $count ->
        [one] The marks around the serial number were removed in { $count } line: line { $line }.
       *[other] The marks around serial numbers were removed in { $count } lines, the first is line { $line }.
    }
file-repeated = Line { $again } repeats the serial number of line { $first }; please remove one of them.
file-respelled = Line { $again } repeats the serial number of line { $first } in another spelling (letter case, braces); please remove one of them.
file-empty = The file has no serial numbers.
file-counts = The counts do not match:
file-count-line = { $product }: { $needed } needed, { $available } in the file
file-count-over = { $product }: { $needed } needed, more in the file
file-other-product = The file has serial numbers of { $product }, which is not in the order.
file-skus-expected = The order has several products; please write the SKU beside each serial number.
file-given =
    { $count ->
        [one] { $product }: { $count } serial number in the file has already been delivered.
       *[other] { $product }: { $count } serial numbers in the file have already been delivered.
    }
file-foreign =
    { $count ->
        [one] { $product }: { $count } serial number in the file belongs to another product.
       *[other] { $product }: { $count } serial numbers in the file belong to another product.
    }
file-held =
    { $count ->
        [one] { $product }: { $count } serial number in the file is being delivered with order #{ $order } right now. Please wait for the outcome, then send the file again.
       *[other] { $product }: { $count } serial numbers in the file are being delivered with order #{ $order } right now. Please wait for the outcome, then send the file again.
    }
file-moved = { $product }: while the file was being read, serial numbers from it were added to the stock or delivered. Please send the file again.
file-known-otherwise =
    { $count ->
        [one] { $product }: { $count } serial number in the file is already known in another spelling (letter case, braces); please remove it from the file.
       *[other] { $product }: { $count } serial numbers in the file are already known in another spelling (letter case, braces); please remove them from the file.
    }
file-withdrawn =
    { $count ->
        [one] { $product }: { $count } serial number in the file was withdrawn from stock and cannot be sold; please remove it from the file.
       *[other] { $product }: { $count } serial numbers in the file were withdrawn from stock and cannot be sold; please remove them from the file.
    }
staff-button-closed = This button belongs to a question that is closed or is somebody else’s; please open the order or the list anew.
staff-overtaken-taken = Order #{ $number } is already taken: { $name }, { $date }
staff-overtaken = Order #{ $number } is already “{ $status }”: { $name }, { $date }
staff-overtaken-answered = The customer of order #{ $number } has already been answered: { $name }, { $date }
staff-overtaken-settled = Order #{ $number } is already marked as needing no reply: { $name }, { $date }
staff-not-now = Order #{ $number } is “{ $status }”; this cannot be done now. The buttons below the order show what can be.
staff-invoice-first = Order #{ $number } must be invoiced first.
staff-file-lost = The file could not be attached: Telegram no longer has it. Please ask for it to be sent again.
staff-file-forbidden = The file could not be attached: the group does not accept files from the bot. Please allow them, and ask for the file to be sent again.
undelivered-to-person = A message for { $name } was not delivered: Telegram rejects its text. Please reach the customer in another way.
undelivered-to-person-about-order = A message for { $name } about order #{ $number } was not delivered: Telegram rejects its text. Please reach the customer in another way.
undelivered-to-staff = Telegram rejected one of the messages to the staff; the bot’s log has the details.
undelivered-to-staff-about-order = Telegram rejected a message to the staff about order #{ $number }; see it with /order { $number }
staff-chat-closed = The staff group does not accept messages from the bot ({ $reason }). Please check the topic and the bot’s rights in the group: the messages will come there as soon as they can.
staff-anonymous-sender = The bot records who did what, so it accepts nothing from anonymous admins and channels. Please send this under your own name.
staff-not-verified = Telegram cannot confirm right now that you are in this chat. Please try again in a minute; if that does not help, make the bot an administrator of the chat.
staff-outside = Only members of this chat can do that.
staff-blocked = You are blocked; please contact an admin.
staff-chat-open = Anybody can read this chat, so the bot does nothing here; please make the group private.

question-title = Question about order #{ $number }
question-cancel-title = Request to cancel order #{ $number }
question-from = { $name } asks. Reply to this message, and the customer will get your answer.
question-goes-on = More from { $name }. Reply to this message, and the customer will get your answer.
question-corrected = { $name } corrects what they wrote. Reply to this, and the customer will get your answer.
question-cancel-from = { $name } asks to cancel the order. Reply here, and the customer gets your answer.
stock-low =
    { $left ->
        [0] There are no serial numbers left: { $product }. /stock takes more.
       *[other] Serial numbers are running out: { $product }, { $left } left. /stock takes more.
    }
