# Several new orders in one message of the staff chat.

digest-title = New orders: { $count }
digest-how = Press a number to see that order in a message of its own.
digest-line = #{ $number } · { $name } · { $price }
digest-unfolded = Order #{ $number } is in a message of its own below.
digest-unfold-first = There are several orders here, and it is unclear which one you mean. Please press the button with its number and reply to the message of that order.
