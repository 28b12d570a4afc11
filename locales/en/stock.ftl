### Serial numbers that are taken out of the stock.

button-withdraw-serials = Take out of stock…
button-withdraw-of = Take out: { $sku }
button-withdraw-lost = Lost
button-withdraw-spoiled = Spoiled
button-withdraw-confirm =
    { $count ->
        [one] Take out { $count } number
       *[other] Take out { $count } numbers
    }
withdrawal-ask-reason = { $name }, why are these taken out of stock: { $product }
withdrawal-ask-reason-how = Choose a reason, or reply to this message with your own. It is kept in the admins’ log.
withdrawal-reason-expected = Choose a reason with a button, or type one of up to { $limit } characters.
withdrawal-ask-file = { $name }, which serial numbers are taken out of stock: { $product }
withdrawal-ask-file-how = Reply to this message with a .txt, .csv or .xlsx file, one serial number to a line.
withdrawal-in-work = Comparing the file with the stock: { $product }
withdrawal-confirm =
    { $count ->
        [one] { $name }, take { $count } serial number out of stock: { $product }? Reason: { $reason }.
       *[other] { $name }, take { $count } serial numbers out of stock: { $product }? Reason: { $reason }.
    }
withdrawal-confirm-how = Numbers that are taken out can neither be sold nor imported again.
withdrawal-matched =
    { $count ->
        [one] { $product }: the file has { $count } serial number, and it is in stock. To take it out, start again in /stock.
       *[other] { $product }: the file has { $count } serial numbers, all in stock. To take them out, start again in /stock.
    }
withdrawal-done =
    { $count ->
        [one] { $product }: { $count } serial number taken out of stock.
       *[other] { $product }: { $count } serial numbers taken out of stock.
    }
withdrawal-mismatch = Nothing was taken out of stock: { $product }. Remove these lines from the file and send it again.
withdrawal-sold =
    { $count ->
        [one] { $count } number was given to an order, line { $line }.
       *[other] { $count } numbers were given to orders, the first is in line { $line }.
    }
withdrawal-absent =
    { $count ->
        [one] { $count } number is not in stock for this product, line { $line }.
       *[other] { $count } numbers are not in stock for this product, the first is in line { $line }.
    }
withdrawal-refused = Nothing was taken out of stock. { $reason }
withdrawal-lost = lost
withdrawal-spoiled = spoiled
audit-withdrawn =
    { $count ->
        [one] { $product }: { $count } number taken out of stock, reason: { $reason }
       *[other] { $product }: { $count } numbers taken out of stock, reason: { $reason }
    }

### Choosing one’s own serial numbers, and asking what they are.

button-serials-by-order = By order
button-serials-by-product = By product
button-serials-by-period = By period
button-serials-of = #{ $number }, { $date }
serials-how = To find out what the numbers at hand are, send them as a message or as a .txt or .csv file.
serials-choose-order = Choose an order
serials-choose-product = Choose a product
serials-ask-period = Choose a period or type it: 2026, 11.2026, 15.11.2026 or 01.11.2026 15.11.2026
serials-choose-format = What kind of file?
serials-of-product = Serial numbers: { $product }
serials-of-period = Serial numbers: { $period }
serials-none = There are no such serial numbers.
serials-column-serial = Serial number
serials-column-product = Product
serials-column-order = Order
serials-column-date = Date
serials-found = Serial numbers
serials-found-line = { $place }: order #{ $number } · { $product } · { $date }
serials-found-more = The rest comes in answer to a .txt or .csv file.
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
serials-look-up-too-long = Please send a smaller file: up to { $limit } lines and 2 MB.
banner-answer-follows = The answer follows in the next message.
banner-period-expected = That is no period. Type, for example: 2026, 11.2026 or 01.11.2026 15.11.2026
