# What is done to an order.

# Its buttons.
button-take = Take
button-invoice-total = Invoice { $amount }
button-other-sum = Other amount…
# On a card that one of the staff reads alone.
button-ask-invoice = Invoice…
button-ask-complete = Deliver ({ $available } of { $needed })…
button-from-stock-now = Deliver from stock ({ $available } of { $needed })
button-stock-short = { $available } of { $needed } in stock
button-other-file = Other file…
button-settle = No reply needed
button-cancel-order = Cancel…

# What answers whoever did it.
staff-taken = Order #{ $number } is yours now.
staff-done-invoiced = Order #{ $number } has been invoiced.
staff-done-completed = Order #{ $number } has been completed; the serial numbers are on their way to the customer.
staff-done-cancelled = Order #{ $number } has been cancelled.
staff-settled = Order #{ $number }: marked as needing no reply. The customer is not told.
staff-answered = The answer about order #{ $number } is on its way to the customer.

# What the customer is told of it.
message-invoiced = Order #{ $number } has been invoiced: { $amount }.
message-cancelled = Order #{ $number } has been cancelled.
message-answered = Answer about order #{ $number }
message-answered-anew = Corrected answer about order #{ $number }

# Its line on the customer's card.
card-event = { $date } — { $status }
card-invoiced = { $date } — { $status }: { $amount }
card-invoiced-due = { $date } — { $status }: { $amount }, due { $due }
card-cancelled = { $date } — { $status }. { $reason }
card-asked = { $date } — Question: { $text }
card-asked-to-cancel = { $date } — Request to cancel: { $text }
card-asked-to-cancel-silently = { $date } — Request to cancel
card-answered = { $date } — Answer: { $text }
card-asked-anew = { $date } — Corrected: { $text }
card-answered-anew = { $date } — Answer corrected: { $text }
card-file = file

# Its line on the alert.
alert-placed = { $date } — placed by { $name }
alert-taken = { $date } — taken by { $name }
alert-invoiced = { $date } — invoiced for { $amount } by { $name }
alert-invoiced-due = { $date } — invoiced for { $amount }, due { $due }, by { $name }
alert-completed = { $date } — completed by { $name }
alert-cancelled = { $date } — cancelled by { $name }. { $reason }
alert-asked = { $date } — question from { $name }: { $text }
alert-asked-to-cancel = { $date } — request to cancel from { $name }: { $text }
alert-asked-to-cancel-silently = { $date } — request to cancel from { $name }
alert-answered = { $date } — answer from { $name }: { $text }
alert-settled = { $date } — no reply needed: { $name }
alert-asked-anew = { $date } — corrected by { $name }: { $text }
alert-answered-anew = { $date } — answer corrected by { $name }: { $text }
alert-file = file
alert-file-lost = { $date } — the file { $name } did not arrive: Telegram no longer has it, so please send it again
alert-photo-lost = { $date } — the photo did not arrive: Telegram no longer has it, so please send it again
