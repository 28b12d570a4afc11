# The price list: how admins read and change it, and what can be wrong with it.

button-catalogue-file = Download .toml
button-price-book = Download .xlsx
button-other-quantity = Change the quantity
button-apply = Apply
button-compare = Show the difference

catalogue-title =
    { $count ->
        [one] Price list: { $count } product
       *[other] Price list: { $count } products
    }
catalogue-sku = {" "}({ $sku })
catalogue-how-one = To change one price, press the SKU of its product.
catalogue-how = The whole price list is changed by a file: download the .xlsx or the .toml, edit it, and send it in reply to this message or with the caption /catalog. The changes will be shown to you first.
catalogue-expected = The price list must be an .xlsx or a .toml file; the buttons below the price list give you the current one: /catalog
catalogue-checking = Comparing the price lists.
catalogue-changes = What changes in the price list
catalogue-added = New product: { $product } ({ $sku })
catalogue-gone = No longer sold: { $product } ({ $sku })
catalogue-changed = { $product } ({ $sku }):
catalogue-renamed = — formerly: { $name }
catalogue-described = — another description or link
catalogue-regrouped = — moved to another group
catalogue-package = package of { $quantity }
catalogue-tier = unit price from { $quantity }
catalogue-price = — { $subject }: { $old } → { $new }
catalogue-no-price = none
catalogue-bounds = — free quantity: { $old } → { $new }
catalogue-no-bounds = none
catalogue-pattern = — form of serial numbers: { $old } → { $new }
catalogue-no-pattern = any
catalogue-many =
    { $count ->
        [one] — { $count } change
       *[other] — { $count } changes
    }
catalogue-arranged = The groups have another order or other names.
catalogue-not-text = The price list is not UTF-8 text; please save the file as UTF-8.
catalogue-faults = The price list was not accepted:
catalogue-faults-of = The file { $file } was not accepted:
catalogue-fault = { $place }: { $problem }
catalogue-at-line = Line { $line }: { $place }
catalogue-at-text = Line { $line }, column { $column }
catalogue-at-file = the whole file, field { $key }
catalogue-at-group = group { $number }{ $called }, field { $key }
catalogue-at-product = product { $number }{ $called }, field { $key }
catalogue-at-sheet = Sheet “{ $sheet }”
catalogue-at-cell = Sheet “{ $sheet }”, cell { $cell }
catalogue-syntax = this cannot be read; please check quotes, brackets and commas.
catalogue-syntax-quotes = texts must be in quotes.
catalogue-syntax-twice = this field is there already, further up; please keep one.
catalogue-syntax-open = a bracket or a quote is not closed.
catalogue-syntax-comma = please check the commas: they go between values, not after the last one.
catalogue-syntax-value = please write field = value.
catalogue-single-brackets =
    { $text ->
        [group] please write [[group]] with two brackets, a section for each group.
       *[product] please write [[product]] with two brackets, a section for each product.
    }
catalogue-unquoted = please put { $text } in quotes, as in "11000.00".
catalogue-not-a-quantity = “{ $text }” is not a quantity; please write a whole number, such as 50
catalogue-not-a-table = braces are needed, as in {"{"} quantity = 50, price = "11000.00" {"}"}
catalogue-not-a-list = brackets are needed, as in [ {"{"} quantity = 50, price = "11000.00" {"}"} ]
catalogue-missing = this field is missing; please add it.
catalogue-unknown-key = there is no such field; possible ones are { $text }.
catalogue-unknown-group-in-sheet = no group has this id, so its products will appear under { $text }; please correct the id.
catalogue-unknown-group = no group has this id, so its products will appear under { $text }; please add a [[group]] section or correct the id.
catalogue-empty-cell = the cell is empty; please fill it in.
catalogue-date-cell = the spreadsheet took the value for a date; please format the cell as text and type it again.
catalogue-error-cell = the cell has the error { $text }; please correct the formula or type the value.
catalogue-uncomputed-cell = the formula has not been computed; please open the file in Excel or LibreOffice and save it again.
catalogue-not-an-amount = “{ $text }” is not a price; please write a number not below zero, such as 11000.50
catalogue-not-a-sale = “{ $text }” does not say how it is sold; please write “{ $package }” or “{ $single }”.
catalogue-differs = row { $quantity } says something else for this SKU; please make the rows agree.
catalogue-no-column = there is no column “{ $text }”; please add it or start from the file that the bot provides.
catalogue-column-twice = this column appears twice; please keep one.
catalogue-other-currency = the shop’s prices are in { $text }; please correct the heading and the prices.
catalogue-too-many-rows =
    { $limit ->
        [one] more than { $limit } row is filled; please remove what is not needed.
       *[other] more than { $limit } rows are filled; please remove what is not needed.
    }
catalogue-no-rows = there is no product; please add a row for each.
catalogue-no-products = there is no product in the file; please add a [[product]] section.
catalogue-too-many-products = at most { $limit } products are allowed.
catalogue-not-an-id = use 1 to 32 characters of a-z 0-9 . _ -
catalogue-id-twice = this appears twice; please give each its own.
catalogue-not-sold = the product is sold in no quantity; please give packages or free_quantity.
catalogue-not-a-name = this is empty or has line breaks, double spaces or invisible characters; please write it in plain words.
catalogue-no-name = the name in the shop’s default language is missing; please add it.
catalogue-unknown-language = the bot does not speak this language; please use one of { $languages }.
catalogue-name-too-long =
    { $count ->
        [one] this has { $count } character; at most { $limit } fit.
       *[other] this has { $count } characters; at most { $limit } fit.
    }
catalogue-not-an-address = this is not a web address; please write a full one, such as https://example.com/keys
catalogue-too-many-packages = at most { $limit } packages fit on the screen.
catalogue-too-many-tiers = at most { $limit } tiers fit on the screen.
catalogue-quantity-twice = this quantity appears twice; please keep one price for it.
catalogue-out-of-bounds = { $quantity } is out of bounds; please use 1 to { $limit }.
catalogue-below-min = this is below min; please use at least { $quantity }.
catalogue-no-step = this is 0; please use 1 to allow every quantity.
catalogue-tiers-fall = the tiers must be in ascending order; please sort them by from.
catalogue-no-price-for = there is no unit price for { $quantity }; please let the first tier start at or below min.
catalogue-too-expensive = { $quantity }{ "\u00A0" }keys at this price exceed the largest amount; please lower max.
catalogue-not-a-price = “{ $text }” is not a price; please write digits and a point, as in "11000.00".
catalogue-not-a-pattern = this is not a regular expression; please write one such as '[A-Z0-9]{"{"}5{"}"}(-[A-Z0-9]{"{"}5{"}"}){"{"}4{"}"}'
catalogue-pattern-too-large =
    { $limit ->
        [one] this is too large; please use at most { $limit } character and smaller repetitions.
       *[other] this is too large; please use at most { $limit } characters and smaller repetitions.
    }
catalogue-price-too-precise =
    { $limit ->
        [0] “{ $text }”: { $currency } has no decimal places; please leave out what follows the point.
        [one] “{ $text }”: { $currency } has at most { $limit } decimal place.
       *[other] “{ $text }”: { $currency } has at most { $limit } decimal places.
    }
catalogue-price-too-large = “{ $text }” exceeds the largest amount; please lower the price.
catalogue-compared = The price list has been read and can be compared with the current one.

price-choose = Which price should change?
price-ask = { $name }, please type the new price: { $product }
price-now = Now: { $offer }
price-ask-how = Reply to this message with the amount, for example { $price }. The changes will be shown to you first.
quantity-ask-package = { $name }, please type the new size of the package: { $product }
quantity-ask-tier = { $name }, please type the quantity from which this price applies: { $product }
quantity-ask-how = Reply to this message with a whole number. The changes will be shown to you first.
price-expected = This is not an amount. Please type the price in digits, such as 11000.50
quantity-expected = Please type a whole number from 1 to { $limit }.
price-gone = The price list no longer has this price: somebody has changed it in the meantime. Please choose the price again.
price-same = That is the current value; there is nothing to change.
price-not-changed = This change is not possible: { $problem }

price-book-sheet = Price list
price-book-group = Group
price-book-sale = Sold as
price-book-quantity = Quantity or from
price-book-price = Price
price-book-min = Smallest
price-book-max = Largest
price-book-step = Step
price-book-package = package
price-book-single = per key
price-book-not-a-workbook = The file cannot be read as an Excel workbook. Please save it as .xlsx and send it again.
price-book-former = This file has Excel’s old format or a password. Please save it as .xlsx without a password and send it again.
price-book-too-large = This workbook is too large for a price list. Please leave one sheet with prices in it, or start from the file that the bot provides: /catalog
price-book-no-table = No sheet of this workbook has the columns of a price list. Please start from the file that the bot provides: /catalog
price-book-several-tables = Several sheets hold a price list: { $sheets }. Please keep one.

catalogue-too-large = The file is larger than { $limit }{ "\u00A0" }MB, which is too much for a price list; please send a smaller file.
catalogue-same = The price list is the same as the current one.
catalogue-applied = The price list has been applied.
catalogue-overtaken = The price list has changed in the meantime; please check the changes to the current one below.
catalogue-proposal-gone = This proposal is gone; please send the file again.
catalogue-dropped = The price list stays as it was.
