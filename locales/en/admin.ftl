# The admins' screens.

button-close = Close
button-import = Import: { $sku }
button-catalogue-file = Price list as a file
button-apply = Apply
button-compare = Show the difference
button-appoint = Appoint
button-dismiss-admin = Remove: { $name }
button-confirm-dismiss = Remove
button-block = Block
button-unblock = Unblock

list-more = and { $count } more
admin-use-buttons = Please press one of the buttons below or type a command.
admin-file-follows = The file comes in the next message.

queue-title =
    { $count ->
        [one] { $count } order is waiting
       *[other] { $count } orders are waiting
    }
queue-empty = There are no open orders.
queue-entry = #{ $number } · { $status } · waiting { $waiting }
queue-line =
    { $quantity ->
        [one] { $name } · { $quantity } key · { $price }
       *[other] { $name } · { $quantity } keys · { $price }
    }
queue-taken = Taken by { $name }
queue-days =
    { $count ->
        [one] { $count } day
       *[other] { $count } days
    }
queue-hours =
    { $count ->
        [one] { $count } hour
       *[other] { $count } hours
    }
queue-minutes = { $count } min
queue-status-expected = Please give the status of an open order, /queue placed or /queue invoiced; /queue alone shows all open orders.

find-title = Search
find-entry = #{ $number } · { $status } · { $date }
find-count =
    { $count ->
        [one] { $count } order found.
       *[other] { $count } orders found.
    }
find-nothing = Nothing found; please try an order number, a part of a name, of a company or of a note, or a whole serial number.
find-serial-given = This serial number was given to a customer: { $product }, order #{ $number }
find-serial-in-stock = This serial number is in stock: { $product }
find-text-expected = Please say what to look for: an order number, a name, a company, a tax number, a note or a serial number, up to { $limit } characters, for example: /find Smith

stock-title = Stock
stock-line =
    { $quantity ->
        [one] { $product } ({ $sku }): { $quantity } key
       *[other] { $product } ({ $sku }): { $quantity } keys
    }
stock-line-gone =
    { $quantity ->
        [one] { $sku }, no longer sold: { $quantity } key
       *[other] { $sku }, no longer sold: { $quantity } keys
    }
stock-ask = { $name }, please send the serial numbers: { $product }
stock-ask-how = Reply to this message with a .txt or .csv file, one serial number per line.
stock-importing = Importing serial numbers: { $product }
stock-importing-lines =
    { $count ->
        [one] Importing serial numbers: { $product }, { $count } line read
       *[other] Importing serial numbers: { $product }, { $count } lines read
    }
stock-imported = { $product }: { $added } added to the stock, { $known } already there.
stock-heading = Line { $line } was taken as a heading.
stock-refused = Nothing was imported. { $reason }
stock-other-product = Line { $line } is for another product; please import each product from its own file.
stock-sku-expected = Please give a SKU from the price list, for example: /stock { $sku }

catalogue-title =
    { $count ->
        [one] Price list: { $count } product
       *[other] Price list: { $count } products
    }
catalogue-line = { $product } ({ $sku }): { $quantities }
catalogue-how = To change the price list, reply to this message with a new .toml file, or send one with the caption /catalog. The changes will be shown to you first.
catalogue-expected = The price list must be a .toml file; the button “Price list as a file” gives you the current one.
catalogue-checking = Comparing the price lists.
catalogue-changes = What changes in the price list
catalogue-added = New product: { $product } ({ $sku })
catalogue-gone = No longer sold: { $product } ({ $sku })
catalogue-changed = { $product } ({ $sku }):
catalogue-renamed = — formerly: { $name }
catalogue-described = another description or another link
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
catalogue-fault = { $place }: { $problem }
catalogue-at-text = Line { $line }, column { $column }
catalogue-at-file = The file, key { $key }
catalogue-at-group = Group { $number } ({ $id }), key { $key }
catalogue-at-product = Product { $number } ({ $sku }), key { $key }
catalogue-syntax = the file cannot be read. { $words }
catalogue-unquoted = a text in quotes is needed, as in "11000.00". { $words }
catalogue-no-products = there is no product in the file; please add a [[product]] section.
catalogue-too-many-products = at most { $limit } products are allowed.
catalogue-not-an-id = use 1 to 32 characters of a-z 0-9 . _ -
catalogue-id-twice = stands twice; please give each its own.
catalogue-not-sold = the product is sold in no quantity; please give packages or free_quantity.
catalogue-not-a-name = the name is empty or has line breaks, double spaces or invisible characters; please write it in plain words.
catalogue-no-name = the name in the shop’s default language is missing; please add it.
catalogue-unknown-language = the bot does not speak this language; please use { $languages }.
catalogue-name-too-long =
    { $count ->
        [one] the name has { $count } character; at most { $limit } fit.
       *[other] the name has { $count } characters; at most { $limit } fit.
    }
catalogue-not-an-address = this is no web address; write a full one, such as https://example.com/keys
catalogue-too-many-packages = at most { $limit } packages fit the screen.
catalogue-too-many-tiers = at most { $limit } tiers fit the screen.
catalogue-quantity-twice = stands twice; please keep one price for a quantity.
catalogue-out-of-bounds = { $quantity } is out of bounds; please use 1 to { $limit }.
catalogue-below-min = is below min; please use at least { $quantity }.
catalogue-no-step = is 0; please use 1 to allow every quantity.
catalogue-tiers-fall = the tiers must rise; please sort them by from.
catalogue-no-price-for = there is no unit price for { $quantity }; please let the first tier begin at or below min.
catalogue-too-expensive = { $quantity } keys at this price exceed the largest amount; please lower max.
catalogue-not-a-price = “{ $text }” is not a price; please write digits and a point, as in "11000.00".
catalogue-not-a-pattern = this is not a regular expression; please write one such as '[A-Z0-9]{"{"}5{"}"}(-[A-Z0-9]{"{"}5{"}"}){"{"}4{"}"}'. { $words }
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
catalogue-too-large = The file is larger than { $limit } MB, which is too much for a price list; please send a smaller file.
catalogue-same = The price list is the same as the current one.
catalogue-applied = The price list has been applied.
catalogue-overtaken = The price list has changed in the meantime; please check the changes to the current one below.
catalogue-proposal-gone = This proposal is gone; please send the file again.
catalogue-dropped = The price list stays as it was.

admins-title = Admins
admins-configured = {" "}— in the bot’s configuration
admins-appointed = {" "}— appointed by { $name }, { $date }
admins-how = To appoint an admin, send /staff with a Telegram ID, for example /staff 123456789, or send /staff in reply to that person’s message.
admins-person-expected = Please give a Telegram ID or a username, for example: /staff 123456789
admins-already = This person is already an admin.
admins-not-admin = This person is not an admin.
admins-configured-stays = This admin is named in the bot’s configuration and can only be removed there.
admins-not-yourself = You cannot do this to yourself; please ask another admin.
admins-too-many = No more admins can be appointed; please remove one first: /staff
admins-done-appointed = { $person } is now an admin.
admins-done-dismissed = { $person } is no longer an admin.

confirm-appoint = { $name }, appoint this person as an admin?
confirm-dismiss = { $name }, remove this admin?
confirm-block = { $name }, block this person?
confirm-unblock = { $name }, unblock this person?
person-id = Telegram ID: { $id }
person-named = { $name } ({ $id })
person-unknown = This person has not written to the bot yet.
person-not-found = No such person has written to the bot; please check the name, or give a Telegram ID.
block-person-expected = Please say whom to block: a Telegram ID, a username or an order number, for example: /block @smith
unblock-person-expected = Please say whom to unblock: a Telegram ID, a username or an order number, for example: /unblock @smith
block-admins-stay = An admin cannot be blocked; please remove them first: /staff
block-done = { $person } is now blocked.
unblock-done = { $person } is no longer blocked.

audit-title = Admin log
audit-empty = No entries yet.
audit-entry = { $date } · { $name }
audit-by-server = on the server
audit-appointed = Appointed as an admin: { $person }
audit-dismissed = Removed as an admin: { $person }
audit-blocked = Blocked: { $person }
audit-unblocked = Unblocked: { $person }
audit-exported = Exported the orders: { $period }
audit-imported = { $product }: { $added } added to the stock, { $known } already there
audit-price-list = Applied a price list

told-appointed = { $name } appointed an admin: { $person }.
told-exported = { $name } exported the orders: { $period }.
told-staff-chat-channel = The staff chat in the bot’s configuration is a channel, so the bot does nothing there. Please name a private group.
told-staff-chat-public = The staff chat has become public: anyone can read it, so the bot does and says nothing there. Please make the group private, and the bot will work there again.
told-staff-chat-private = The staff chat is private again, and the bot works there again.

export-follows = Preparing the files with the orders: { $period }
export-too-large = There are too many orders for one file; please choose a shorter period.
export-over-limit = The file is larger than { $limit } MB, so the bot cannot send it; please choose a shorter period.
export-not-sent = The file could not be made or sent; please ask for it again later, or choose a shorter period for an export.
export-failed = The file could not be made; the bot’s log says why.

command-order = Show an order
command-invoice = Invoice an order
command-complete = Complete an order
command-cancel-order = Cancel an order
command-queue = Open orders
command-find = Find an order
command-stock = Stock
command-catalog = Price list
command-staff = Admins
command-stats = Figures for a period
command-export = Orders as files
command-block = Block a person
command-unblock = Unblock a person
command-audit = What admins did
help-admin = For admins
