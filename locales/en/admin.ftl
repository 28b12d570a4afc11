# The admins' screens.

button-close = Close
button-import = Import: { $sku }
button-appoint = Appoint
button-dismiss-admin = Remove: { $name }
button-confirm-dismiss = Remove
button-block = Block
button-unblock = Unblock
button-export-person = Export data
button-ask-erase-person = Erase data…
button-erase-person = Erase data

list-more = and { $count } more
admin-use-buttons = Please press one of the buttons below or type a command.
admin-file-follows = The file follows in the next message.

queue-title =
    { $count ->
        [0] Open orders
        [one] { $count } order is waiting
       *[other] { $count } orders are waiting
    }
queue-empty = There are no open orders.
queue-title-of =
    { $count ->
        [0] Orders waiting as “{ $status }”
        [one] { $count } order is waiting as “{ $status }”
       *[other] { $count } orders are waiting as “{ $status }”
    }
queue-title-part = { $listed }, { $first } to { $last } shown
queue-by-status = { status-placed }: { $placed } · { status-invoiced }: { $invoiced }
queue-entry = #{ $number } · { $status }
queue-since = Waiting since
queue-line =
    { $quantity ->
        [one] { $name } · { $quantity }{ "\u00A0" }key · { $price }
       *[other] { $name } · { $quantity }{ "\u00A0" }keys · { $price }
    }
queue-taken = Taken by { $name }
queue-status-expected = Please give the status of an open order, /queue placed or /queue invoiced; /queue alone shows all open orders.

find-title = Search
find-entry = #{ $number } · { $status } · { $date }
find-count =
    { $count ->
        [one] { $count } order found.
       *[other] { $count } orders found.
    }
find-many = More than { $count } orders found, the newest come first; please type more of what you look for.
find-nothing = Nothing found; please try an order number, part of a name, company or note, or a whole serial number.
find-serial-given = This serial number was delivered: { $product }, order #{ $number }
find-serial-in-stock = This serial number is in stock: { $product }
find-text-expected = Please say what to look for: an order number, a name, a company, a tax number, a note or a serial number, up to { $limit } characters, for example: /find Smith

stock-title = Stock
stock-line =
    { $quantity ->
        [one] { $product } ({ $sku }): { $quantity }{ "\u00A0" }key
       *[other] { $product } ({ $sku }): { $quantity }{ "\u00A0" }keys
    }
stock-line-gone =
    { $quantity ->
        [one] { $sku }, no longer sold: { $quantity }{ "\u00A0" }key
       *[other] { $sku }, no longer sold: { $quantity }{ "\u00A0" }keys
    }
stock-ask = { $name }, please send the serial numbers: { $product }
stock-ask-how = Reply to this message with a .txt, .csv or .xlsx file, one serial number per line.
stock-importing = Importing serial numbers: { $product }
stock-importing-lines =
    { $count ->
        [one] Importing serial numbers: { $product }, { $count } line read
       *[other] Importing serial numbers: { $product }, { $count } lines read
    }
stock-imported = { $product }: { $added } added to the stock, { $known } already there.
stock-imported-given =
    { $given ->
        [one] { $given } was given to an order before.
       *[other] { $given } were given to orders before.
    }
stock-heading = Line { $line } was taken as a heading.
stock-faults = Nothing was imported:
stock-refused = Nothing was imported. { $reason }
stock-other-product = Line { $line } is for another product; please import each product from its own file.
stock-sku-expected = Please give a SKU from the price list, for example: /stock { $sku }

admins-title = Admins
admins-configured = {" "}— in the bot’s configuration
admins-appointed = {" "}— appointed by { $name }, { $date }
admins-how = To appoint an admin, send /staff with a Telegram ID or a username, for example /staff 123456789 or /staff @name, or reply with /staff to that person’s message.
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
unblock-not-blocked = { $person } was not blocked.
block-already = { $person } is already blocked.
unblock-done = { $person } is no longer blocked.

person-title = A user of the bot
person-account = Account: { $account }
person-orders = Orders: { $count }, open: { $open }
person-is-admin = An administrator
person-expected = Please say who: a Telegram ID, a username or an order number, for example: /person @ivanov
person-gone = The bot stores nothing about this person: they never wrote to it, or were erased.
person-erased = erased
person-data-follows = The data are on their way as two files: .txt to read, and .json.
person-data-follows-in-private = The data come as two files in your private chat with the bot. If you have not opened it yet, send /start there.
person-data-over-limit = The data exceed { $limit }{ "\u00A0" }MB, more than the bot can send. Export them on the server: keydesk person export { $id }
confirm-erase-person = { $name }, erase this person’s data?
person-erase-gone = The name, username, Telegram ID, draft, notes, messages with their files and the bot’s messages are erased. This cannot be undone.
person-erase-stays =
    { $count ->
        [0] There are no orders, so the account goes as well.
        [one] { $count } order stays in the books with its amount, invoices and serial numbers, and so do the billing details, without this person.
       *[other] { $count } orders stay in the books with their amounts, invoices and serial numbers, and so do the billing details, without this person.
    }
person-erase-beyond = What the person did as one of the staff stays in the log. Messages that stand in Telegram’s chats already, and backups, stay as they are.
person-erased-done =
    { $count ->
        [0] The data are erased. There were no orders.
        [one] The data are erased. { $count } order stays without this person.
       *[other] The data are erased. { $count } orders stay without this person.
    }
person-erase-admins-stay = An administrator cannot be erased; please remove them first: /staff
person-erase-open-orders = Nothing is erased while orders are open; complete or cancel them first: { $orders }
person-erase-shared-account =
    { $count ->
        [one] { $count } other member is in the account; the data can be erased once they have left it: /settings
       *[other] { $count } other members are in the account; the data can be erased once they have left it: /settings
    }

audit-title = Admin log
audit-empty = No entries yet.
audit-entry = { $date } · { $name }
audit-by-server = on the server
audit-appointed = Appointed as an admin: { $person }
audit-dismissed = Removed as an admin: { $person }
audit-blocked = Blocked: { $person }
audit-unblocked = Unblocked: { $person }
audit-person-exported = Data of a user exported: { $person }
audit-exported = Exported the orders: { $period }
audit-imported = { $product }: { $added } added to the stock, { $known } known before
audit-erased = Erased a person; their orders stay without them in account { $account }
audit-price-list = Applied a price list
audit-price = { $product }, { $subject }: new price { $to }
audit-quantity = { $product }, { $subject }: new quantity { $to }

told-appointed = { $name } appointed an admin: { $person }.
told-exported = { $name } exported the orders: { $period }.
told-staff-chat-channel = The staff chat in the bot’s configuration is a channel, so the bot does nothing there. Please name a private group.
told-staff-chat-public = The staff chat has become public: anyone can read it, so the bot does and says nothing there. Please make the group private, and the bot will work there again.
told-staff-chat-private = The staff chat is private again, and the bot works there again.

export-follows = Preparing the files with orders: { $period }
export-in-parts = The .{ $format } file would be larger than { $limit }{ "\u00A0" }MB, which is all that a bot can send. It comes in parts: { $count }.
export-over-limit = The file is larger than { $limit }{ "\u00A0" }MB, so the bot cannot send it; please choose a shorter period.
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
command-person = A user’s data
command-audit = Admin log
help-admin = For admins
