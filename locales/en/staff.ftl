# The staff chat.

alert-customer = Customer: { $name }
alert-account = account { $account }
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
button-invoice-anew = Invoice anew
button-complete = Complete
button-cancel-order = Cancel order
button-from-stock = From stock
button-confirm-cancel = Cancel the order
button-dismiss = Not now

staff-ask-invoice = { $name }, what is the amount of the invoice for order №{ $number }?
staff-ask-invoice-how = Press the order’s total or reply to this message with a sum, a PDF, or a PDF with the sum as its caption. A due date may follow the sum: 25000 { $day }
staff-ask-serials = { $name }, where do the serial numbers of order №{ $number } come from?
staff-ask-serials-how = Press “From stock” or reply to this message with a .txt or .csv file: one serial number to a line, with the SKU in a second column if there are several products.
staff-ask-reason = { $name }, why is order №{ $number } cancelled?
staff-ask-reason-how = Choose a reason or reply to this message with one; the customer will see it.
staff-confirm-cancel = { $name }, cancel order №{ $number }?
staff-reason = Reason: { $reason }
staff-reading-serials = { $name }, the file with the serial numbers of order №{ $number } is being read.
staff-need-line = { $product } — { $quantity } pcs, { $available } in stock
staff-done-invoiced = Order №{ $number } is invoiced.
staff-done-completed = Order №{ $number } is completed, the serial numbers are on their way to the customer.
staff-done-cancelled = Order №{ $number } is cancelled.
staff-answered = The answer about order №{ $number } is on its way to the customer.
staff-question-closed = The question is closed.
staff-no-such-order = There is no order №{ $number }.
staff-order-number-expected = The command needs an order number, for example: /order 449
staff-amount-expected = A sum above zero is needed in digits, such as 25000 or 25000.50, or a PDF.
staff-due-in-the-past = The due date has passed, give the sum and a day to come.
staff-pdf-expected = An invoice is taken as a PDF; send one, or give the sum in digits.
staff-reason-expected = A reason is needed, by a button or as text of up to { $limit } characters.
staff-file-expected = A .txt or .csv file with serial numbers is needed.
staff-answer-expected = A customer is answered by text, a photo or a file.
staff-answer-too-long = The answer is too long, up to { $limit } characters fit.
staff-short = There are not enough serial numbers, the order is not completed:
staff-short-line = { $product }: { $needed } needed, { $available } in stock
staff-file-in-work = The file is still being read, the result will come here.
staff-file-after-another = The previous file is read first, then this one.
staff-file-refused = The order is not completed. { $reason }
file-not-there = Telegram does not give this file, please send it again.
file-too-large = The file is larger than { $limit } MB, the bot cannot fetch it; bring the serial numbers into the stock by the command keydesk serials import.
file-not-utf8 = Line { $line } is not UTF-8 text, save the file as UTF-8.
file-line-too-long = Line { $line } is too long, write one serial number to a line.
file-quotes = Line { $line } has a quotation mark without its pair, remove it.
file-columns = Line { $line } has more than two columns, leave the serial number and, if needed, the SKU.
file-no-product = Line { $line } has no SKU of the price list, correct it.
file-serial-empty = Line { $line } has a SKU without a serial number, complete or remove it.
file-serial-too-long = Line { $line } has a serial number that is too long, up to { $limit } characters fit.
file-serial-space = Line { $line } has a space within a serial number, remove it.
file-serial-invisible = Line { $line } has an invisible character, write it anew.
file-repeated = Line { $again } repeats the serial number of line { $first }, remove one of them.
file-empty = The file has no serial numbers.
file-counts = The counts do not match:
file-count-line = { $product }: { $needed } needed, { $available } in the file
file-other-product = The file has serial numbers of { $product }, which is not in the order.
file-skus-expected = The order has several products, write the SKU beside each serial number.
file-given =
    { $count ->
        [one] { $product }: { $count } serial number of the file was given before.
       *[other] { $product }: { $count } serial numbers of the file were given before.
    }
file-foreign =
    { $count ->
        [one] { $product }: { $count } serial number of the file stands under another product.
       *[other] { $product }: { $count } serial numbers of the file stand under another product.
    }
staff-taken = Order №{ $number } is yours now.
staff-button-closed = This button belongs to a question that is closed or was put to somebody else.
staff-overtaken-taken = Order №{ $number } is already taken: { $name }, { $date }
staff-overtaken = Order №{ $number } is “{ $status }” already, somebody was first: { $name }, { $date }
staff-not-now = Order №{ $number } is “{ $status }”, this cannot be done now.
staff-invoice-first = Order №{ $number } is to be invoiced first.
staff-faceless = The bot records who did what, so it takes nothing from anonymous admins and channels. Please send this under your own name.

question-title = Question about order №{ $number }
question-cancel-title = Request to cancel order №{ $number }
question-from = { $name } asks. Reply to this message, and the customer gets the answer.
question-cancel-from = { $name } asks for the order to be cancelled. Reply to this message, and the customer gets the answer.
stock-low = Serial numbers are running out: { $product }, { $left } left.
