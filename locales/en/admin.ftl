# The admins' screens.

button-close = Close
button-import = Import: { $sku }
button-catalogue-file = Price list as a file
button-apply = Apply
button-appoint = Appoint
button-dismiss-admin = Dismiss: { $name }
button-confirm-dismiss = Dismiss
button-block = Block
button-unblock = Unblock

list-more = and { $count } more
admin-use-buttons = Please press one of the buttons below or type a command.
admin-file-follows = The file comes in the next message.

queue-title =
    { $count ->
        [one] { $count } order waits
       *[other] { $count } orders wait
    }
queue-empty = There are no open orders.
queue-entry = No. { $number } · { $status } · waiting { $waiting }
queue-line = { $name } · { $quantity } pcs · { $price }
queue-taken = In hand: { $name }
queue-days = { $count } d
queue-hours = { $count } h
queue-minutes = { $count } min
queue-status-expected = The status of an open order is needed: /queue placed or /queue invoiced. Without a status all open orders are shown: /queue

find-title = Search
find-entry = No. { $number } · { $status } · { $date }
find-count =
    { $count ->
        [one] { $count } order was found.
       *[other] { $count } orders were found.
    }
find-nothing = Nothing was found.
find-serial-given = This serial number was given: { $product }, order No. { $number }
find-serial-in-stock = This serial number is in stock: { $product }
find-text-expected = The command needs an order number, a name, a company, a tax number, a note or a serial number, at most { $limit } characters, for example: /find Smith

stock-title = Stock
stock-line = { $product } ({ $sku }): { $quantity } pcs
stock-line-gone = { $sku }, not sold any more: { $quantity } pcs
stock-ask = { $name }, please send serial numbers: { $product }
stock-ask-how = Reply to this message with a .txt or .csv file, one serial number to a line.
stock-importing = Importing serial numbers: { $product }
stock-importing-lines =
    { $count ->
        [one] Importing serial numbers: { $product }, { $count } line read
       *[other] Importing serial numbers: { $product }, { $count } lines read
    }
stock-imported = { $product }: { $added } added to the stock, { $known } known before.
stock-heading = Line { $line } was taken for a heading.
stock-refused = Nothing was imported. { $reason }
stock-other-product = Line { $line } is of another product, import each product from its own file.
stock-sku-expected = A SKU of the price list is needed, for example: /stock { $sku }

catalogue-title =
    { $count ->
        [one] Price list: { $count } product
       *[other] Price list: { $count } products
    }
catalogue-line = { $product } ({ $sku }): { $quantities }
catalogue-how = To change the price list, reply to this message with a new .toml file, or send one with the caption /catalog. You will see the difference first.
catalogue-expected = The price list is accepted as a .toml file; the button “Price list as a file” gives the current one.
catalogue-checking = Comparing the price lists.
catalogue-changes = What changes in the price list
catalogue-added = New product: { $product } ({ $sku })
catalogue-gone = Not sold any more: { $product } ({ $sku })
catalogue-changed = { $product } ({ $sku }):
catalogue-renamed = — former name: { $name }
catalogue-regrouped = — another group
catalogue-package = package of { $quantity }
catalogue-tier = unit price from { $quantity }
catalogue-price = — { $subject }: { $old } → { $new }
catalogue-no-price = none
catalogue-bounds = — free quantity: { $old } → { $new }
catalogue-no-bounds = none
catalogue-many =
    { $count ->
        [one] — { $count } change
       *[other] — { $count } changes
    }
catalogue-arranged = The order or the names of groups changed.
catalogue-not-text = The price list is not UTF-8 text, please save the file as UTF-8.
catalogue-faults = The price list was not accepted:
catalogue-same = The price list does not differ from the current one.
catalogue-applied = The price list was applied.
catalogue-overtaken = The price list has changed meanwhile. Below is the difference from the current one, please check it again.
catalogue-proposal-gone = This proposal is gone, please send the file again.
catalogue-dropped = The price list stays as it was.

admins-title = Admins
admins-configured = {" "}— in the bot’s configuration
admins-appointed = {" "}— appointed by { $name }, { $date }
admins-how = To appoint: /staff and a Telegram id, for example /staff 123456789, or /staff in reply to somebody’s message.
admins-person-expected = A Telegram id or a username is needed, for example: /staff 123456789
admins-already = This is an admin already.
admins-not-admin = This is no admin.
admins-configured-stays = This admin stands in the bot’s configuration and can only be dismissed there.
admins-not-yourself = Nobody can do this to themselves.
admins-too-many = No more admins can be appointed, please dismiss somebody first.
admins-done-appointed = { $id } is an admin now.
admins-done-dismissed = { $id } is no admin any more.

confirm-appoint = { $name }, appoint as an admin?
confirm-dismiss = { $name }, dismiss this admin?
confirm-block = { $name }, block?
confirm-unblock = { $name }, unblock?
person-id = Telegram id: { $id }
person-unknown = This person has not written to the bot yet.
person-not-found = There is no such person among those who wrote to the bot.
block-person-expected = Whom to block: a Telegram id, a username or an order number, for example: /block @smith
unblock-person-expected = Whom to unblock: a Telegram id, a username or an order number, for example: /unblock @smith
block-admins-stay = An admin cannot be blocked, please dismiss them first: /staff
block-done = { $id } is blocked.
unblock-done = { $id } is not blocked any more.

export-follows = The files with the orders are being made: { $period }
export-too-large = There are too many orders for one file, please take a shorter period.
export-failed = The file could not be made, the bot’s log says why.

command-order = Card of an order
command-invoice = Invoice an order
command-complete = Complete an order
command-cancel-order = Cancel an order
command-queue = Orders that wait
command-find = Find an order
command-stock = Stock
command-catalog = Price list
command-staff = Admins
command-stats = Figures of a period
command-export = Orders as files
command-block = Block somebody
command-unblock = Unblock somebody
help-admin = For admins
