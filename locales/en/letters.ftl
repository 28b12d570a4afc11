# What a customer is told of an order.

letter-repeated = Repeated: the previous message may not have arrived.
letter-invoice-due = Please pay it by { $date }.
letter-completed = Order №{ $number } is completed.
letter-serials =
    { $count ->
        [one] The file holds { $count } serial number.
       *[other] The file holds { $count } serial numbers.
    }
letter-serials-of = Serial numbers of order №{ $number }
letter-serials-all = Serial numbers of all orders
letter-part = Part { $number } of { $of }
letter-checksum = SHA-256 of the file: { $sum }
letter-reason = Reason: { $reason }
letter-file-lost = The file could not be attached: Telegram no longer has it. The vendor sees this and will send it again.
letter-invoice-of = Invoice for order №{ $number }, { $amount }
button-open-order = Open the order

reason-customer-asked = At the customer’s request
reason-not-paid = The invoice was not paid in time
reason-not-available = We cannot deliver it at present
reason-duplicate = A duplicate order
