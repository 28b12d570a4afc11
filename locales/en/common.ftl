# Words that stand on many screens.

status-placed = Placed
status-invoiced = Invoiced
status-completed = Completed
status-cancelled = Cancelled

order-title = Order #{ $number }
line-amount =
    { $quantity ->
        [one] { $quantity }{ "\u00A0" }key
       *[other] { $quantity }{ "\u00A0" }keys
    } — { $price }
line-repriced =
    { $quantity ->
        [one] { $quantity }{ "\u00A0" }key
       *[other] { $quantity }{ "\u00A0" }keys
    } — was { $old }, now { $price }
total =
    { $quantity ->
        [one] Total: { $quantity }{ "\u00A0" }key
       *[other] Total: { $quantity }{ "\u00A0" }keys
    } — { $price }
note = Note: { $note }
date-placed = Date placed: { $date }
status-is = Status: { $status }
list-or = { $head } or { $last }
