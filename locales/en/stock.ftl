### Serial numbers that are withdrawn from the stock.

button-withdraw-serials = Withdraw from stock…
button-withdraw-of = Withdraw: { $sku }
button-withdraw-lost = Lost
button-withdraw-spoiled = Spoiled
button-withdraw-confirm =
    { $count ->
        [one] Withdraw { $count } number
       *[other] Withdraw { $count } numbers
    }
withdrawal-ask-reason = { $name }, why are serial numbers being withdrawn? { $product }
withdrawal-ask-reason-how = Choose a reason, or reply to this message with your own. It is kept in the admin log.
withdrawal-reason-expected = Choose a reason with a button, or type one of up to { $limit } characters.
withdrawal-ask-file = { $name }, which serial numbers are to be withdrawn? { $product }
withdrawal-ask-file-how = Reply to this message with a .txt, .csv or .xlsx file, one serial number per line.
withdrawal-in-work = Comparing the file with the stock: { $product }
withdrawal-confirm =
    { $count ->
        [one] { $name }, withdraw { $count } serial number from stock? { $product }. Reason: { $reason }
       *[other] { $name }, withdraw { $count } serial numbers from stock? { $product }. Reason: { $reason }
    }
withdrawal-confirm-how = Withdrawn numbers can neither be sold nor imported again.
withdrawal-matched =
    { $count ->
        [one] { $product }: the file has { $count } serial number, and it is in stock. To withdraw it, start again in /stock.
       *[other] { $product }: the file has { $count } serial numbers, all in stock. To withdraw them, start again in /stock.
    }
withdrawal-done =
    { $count ->
        [one] { $product }: { $count } serial number withdrawn from stock.
       *[other] { $product }: { $count } serial numbers withdrawn from stock.
    }
withdrawal-mismatch = Nothing was withdrawn from stock: { $product }. Please remove these lines from the file and send it again:
withdrawal-sold =
    { $count ->
        [one] { $count } number was delivered with an order, line { $line }.
       *[other] { $count } numbers were delivered with orders, the first is in line { $line }.
    }
withdrawal-absent =
    { $count ->
        [one] { $count } number is not in stock for this product, line { $line }.
       *[other] { $count } numbers are not in stock for this product, the first is in line { $line }.
    }
withdrawal-refused = Nothing was withdrawn from stock. { $reason }
withdrawal-faults = Nothing was withdrawn from stock:
withdrawal-other-product = Line { $line } is for another product; please withdraw each product’s numbers by a file of their own.
withdrawal-lost = lost
withdrawal-spoiled = spoiled
audit-withdrawn =
    { $count ->
        [one] { $product }: { $count } number withdrawn from stock, reason: { $reason }
       *[other] { $product }: { $count } numbers withdrawn from stock, reason: { $reason }
    }

### Choosing one’s own serial numbers, and asking what they are.

button-serials-by-order = By order
button-serials-by-product = By product
button-serials-by-period = By period
button-serials-of = #{ $number }, { $date }
serials-how = To find out which orders your numbers belong to, send them as a message or as a .txt, .csv or .xlsx file.
serials-choose-order = Choose an order
serials-choose-product = Choose a product
serials-ask-period = Choose a period or type it: 2026, 2026-11, 2026-11-15 or 2026-11-01 2026-11-15
serials-choose-format = Choose a file format
serials-of-product = Serial numbers: { $product }
serials-of-period = Serial numbers: { $period }
serials-none = There are no such serial numbers.
serials-column-serial = Serial number
serials-column-product = Product
serials-column-order = Order
serials-column-date = Date
serials-found = Serial numbers
serials-found-typed = Serial numbers by their place in your message
serials-found-line = { $place }: order #{ $number } · { $product } · { $date }
serials-found-more = To learn about the rest, send the numbers as a .txt, .csv or .xlsx file.
serials-found-count =
    { $count ->
        [one] The file has { $count } serial number of yours, with its product, order and date.
       *[other] The file has { $count } serial numbers of yours, with product, order and date.
    }
serials-unknown =
    { $count ->
        [one] { $count } number was not given to you.
       *[other] { $count } numbers were not given to you.
    }
serials-look-up-too-long = Please send a smaller file: up to { $limit } lines and 2{ "\u00A0" }MB.
banner-answer-follows = The answer follows in the next message.
banner-period-expected = This period is not recognised. Type, for example: 2026, 2026-11 or 2026-11-01 2026-11-15
