# An order in the staff chat: its message is the desk.

button-held-invoice = { $name } is entering the amount
button-held-cancel = { $name } is cancelling
button-invoice-due = { $amount }, due { $day }

desk-asks-sum = { $name } is entering the amount to invoice. Reply to this message with the amount, and a due date if you like (12500 by { $day }), or with a PDF file.
desk-confirms-sum = { $name }, invoice for { $amount }? The order comes to { $total }: one is more than twice the other.
desk-confirms-sum-due = { $name }, invoice for { $amount }, due { $date }? The order comes to { $total }: one is more than twice the other.
desk-asks-reason = { $name } is cancelling the order. Choose a reason or reply to this message with one; the customer will see it.
desk-confirms-cancel = { $name }, cancel the order? Reason: { $reason }
desk-how-to-invoice = Reply to the order’s message with an amount, for instance 12500 by { $day }, or with a PDF file. The usual due dates are on the buttons below it.
desk-how-to-complete = Reply to the order’s message with a .txt, .csv or .xlsx file: one serial number per line, with the SKU in a second column if there are several products.
desk-below = Order #{ $number } is below.
desk-released = The question has been dropped.

alert-moved = Order #{ $number }: its message is further down now.
amount-in-place-of = { $amount } instead of { $former }

message-invoiced-anew = There is a new invoice for order #{ $number }: { $amount }.
message-replaces = It replaces the invoice for { $amount } of { $date }, which you need not pay.
message-invoice-replaced = This invoice is no longer valid; an invoice for { $amount } of { $date } takes its place.
message-invoice-void = This invoice is no longer valid: the order was cancelled.

command-stock-reading = Serial numbers in stock
staff-no-such-command = There is no such command; /help explains what the bot does in this chat.
staff-help-title = What the bot does in this chat
staff-help =
    Each new order comes as one message. It always shows where the order stands and who did what, and its buttons are the next steps: take it, invoice it, deliver the keys, cancel it.
    A reply to an order’s message with an amount or a PDF file invoices the order; a reply with a .txt, .csv or .xlsx file delivers the serial numbers in it.
    Customers’ questions come as replies to the order’s message. Reply to a question, and the customer gets your answer.
