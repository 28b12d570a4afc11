# Words that stand on many screens.

status-placed = Placed
status-invoiced = Invoiced
status-completed = Completed
status-cancelled = Cancelled

order-title = Order #{ $number }
line-amount =
    { $quantity ->
        [one] { $quantity } key
       *[other] { $quantity } keys
    } — { $price }
line-repriced =
    { $quantity ->
        [one] { $quantity } key
       *[other] { $quantity } keys
    } — was { $old }, now { $price }
total =
    { $quantity ->
        [one] Total: { $quantity } key
       *[other] Total: { $quantity } keys
    } — { $price }
note = Note: { $note }
date-placed = Date placed: { $date }
status-is = Status: { $status }
list-or = { $head } or { $last }
