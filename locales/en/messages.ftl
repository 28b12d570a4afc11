# What a customer is told of an order.

message-repeated = Sent again: the previous message may not have arrived.
message-invoice-due = Please pay it by { $date }.
message-completed = Order #{ $number } has been completed.
message-serials =
    { $count ->
        [one] The file has { $count } serial number.
       *[other] The file has { $count } serial numbers.
    }
message-serials-of = Serial numbers for order #{ $number }
message-serials-all = Serial numbers for all orders
message-part = Part { $number } of { $of }
message-serials-here = You can copy them here too: open the list and tap a number.
message-serials-some-here =
    { $shown ->
        [one] You can copy the first one here too: open the list and tap the number.
       *[other] You can copy the first { $shown } here too: open the list and tap a number.
    }
message-serials-not-here = They do not fit into the message itself.
message-checksum = SHA-256 of the file:
# The line above the serial numbers of one product in the file.
serials-heading =
    { $count ->
        [one] { $product }, { $count } key
       *[other] { $product }, { $count } keys
    }
button-copy-serial = Copy the number
message-reason = Reason: { $reason }
message-file-lost = The file could not be attached: Telegram no longer has it. The vendor sees this and will send it again.
message-invoice-of = Invoice for order #{ $number }: { $amount }
button-open-order = Open the order

reason-customer-asked = At the customer’s request
# The same to the customer.
reason-you-asked = At your request
reason-not-paid = The invoice was not paid in time
reason-not-available = Not available at present
reason-duplicate = Duplicate order
