# The customer's screens.

button-new-order = New order
button-resume = Continue the order
button-start-afresh = Start over
button-orders = Orders
button-prices = Terms and prices
button-terms = Terms
button-docs = Documentation
button-check-out = Check out
button-back = ‹ Back
button-send = Send order
button-accept-changes = Accept the changes
button-cancel = Cancel
button-remove = Remove
button-add-note = Add a note
button-change-note = Change the note
button-remove-note = Remove the note
button-repeat = Repeat order
button-ask = Ask about the order
button-ask-to-cancel = Ask to cancel
button-cancel-without-words = Send without an explanation
button-invoice-file = Invoice as a file
button-serials-file = Serial numbers as a file
button-home = Menu
button-send-words = Send to the vendor
button-send-words-about = About order #{ $number }
button-newer = ‹ Newer
button-older = Older ›
button-previous-page = ‹ Previous
button-next-page = Next ›
button-all-orders = All
button-group = { $name } ({ $count })
button-chosen = { $label } · { $quantity }
button-current = • { $label }
button-quantity = { $quantity } — { $price }
button-order = #{ $number }
button-language-auto = As in Telegram

home-greeting = Hello, { $name }.
home-greeting-nameless = Hello.
home-purpose = Here you can order serial numbers of software licence keys. The vendor is { $shop }.
home-promise = Put together an order and send it; we will let you know about the invoice and deliver the serial numbers here.
home-draft =
    { $count ->
        [one] Your unsent order has { $count } serial number for { $price }.
       *[other] Your unsent order has { $count } serial numbers for { $price }.
    }

resume-title = Unsent order
resume-question = Continue it or start over?

form-title = New order
form-ask = Choose a product and a quantity.
form-empty = Nothing is chosen yet.

quantity-ask = Choose a quantity with a button, or type a number: { $allowed }.
quantity-ask-typed = Type a number: { $allowed }.
quantity-range = from { $min } to { $max }
quantity-range-step = from { $min } to { $max } in steps of { $step }
quantity-now =
    { $quantity ->
        [one] In the order now: { $quantity }{ "\u00A0" }key
       *[other] In the order now: { $quantity }{ "\u00A0" }keys
    } — { $price }
tier-one-price = { $price } per key
tier-from =
    { $from ->
        [one] from { $from }{ "\u00A0" }key
       *[other] from { $from }{ "\u00A0" }keys
    } — { $price } per key
package-price =
    { $quantity ->
        [one] { $quantity }{ "\u00A0" }key
       *[other] { $quantity }{ "\u00A0" }keys
    } — { $price }

summary-title = Check your order
summary-ask = If everything is right, press “Send order”.
summary-accept = If the changes suit you, press “Accept the changes”.

note-title = Order note
note-ask = Type a note or your purchase-order reference, up to { $limit } characters.
note-now = Current note: { $note }

orders-title = Orders
orders-filtered =
    { $status ->
        [placed] Placed orders
        [invoiced] Invoiced orders
        [completed] Completed orders
       *[cancelled] Cancelled orders
    }
orders-columns-above = Order number · Date placed
orders-columns-below = Status · Number of keys · Amount
orders-page = Page { $page } of { $pages }
orders-entry = Order #{ $number } · { $date }
orders-line =
    { $quantity ->
        [one] { $status } · { $quantity }{ "\u00A0" }key · { $price }
       *[other] { $status } · { $quantity }{ "\u00A0" }keys · { $price }
    }
orders-empty = There are no orders yet. Press “New order” to place the first one.
orders-empty-filtered = There are no orders with this status.

card-unknown = You have no such order. All your orders: /orders

ask-title = Question about order #{ $number }
ask-how = Write your question, or send a photo or a file such as a payment order. The answer will come here.
ask-cancel-title = Request to cancel order #{ $number }
ask-cancel-how = Only the vendor can cancel an order. Write why you no longer need it, or send the request without an explanation.

serials-title = Serial numbers
serials-entry =
    { $quantity ->
        [one] Order #{ $number }: { $product } — { $quantity }{ "\u00A0" }key
       *[other] Order #{ $number }: { $product } — { $quantity }{ "\u00A0" }keys
    }
serials-empty = There are no serial numbers yet; they come when an order is completed.
serials-more = The buttons below have the earlier ones.

products-title = Products
products-page = Page { $page } of { $pages }
products-more = Learn more
products-other = Other products
button-products = Products
button-order-product = Order: { $name }

prices-title = Terms and prices
prices-page = Page { $page } of { $pages }
prices-offer = The prices are not a public offer.

help-title = What this bot does
help-intro = Here you can order serial numbers of software licence keys and follow your orders. The vendor is { $shop }.
help-contact = Contact the vendor: { $contact }
help-line = /{ $command } — { $description }
help-order = /order 449 — One order, by its number

settings-title = Settings
settings-language = Language: { $language }
settings-language-auto = Language: { $language }, as in Telegram

privacy-title = What the bot stores
privacy-stored = The bot stores your Telegram ID, name and username, the language you chose, your draft, your orders, notes and messages about them, the serial numbers you were given, the members of your account, invitations to it and its billing details.
privacy-shared = All members of the account see the members’ names, the orders, the serial numbers and the billing details.
privacy-use = The staff of { $shop } see this data and need it to fulfil your orders.
privacy-kept-orders = Orders, messages about them and the serial numbers that were given stay for good, the rest for a time.
privacy-kept-messages = Messages that the bot sent: { $days }.
privacy-kept-updates = Ids of messages and presses that took effect: { $days }.
privacy-kept-failed = Messages and presses that could not be handled: { $days }.
privacy-kept-broken = The state of a dialogue that could not be read: { $days }.
privacy-kept-audit = What administrators did, such as blocking: { $days }.
privacy-kept-audit-for-good = What administrators did, such as blocking: for good.
privacy-days =
    { $count ->
        [one] { $count } day
       *[other] { $count } days
    }
privacy-erase = To have a copy of your data, or to have them erased, please contact the vendor.
privacy-erase-contact = To have a copy of your data, or to have them erased, please contact the vendor: { $contact }
privacy-erased = Your name, username, Telegram ID, draft, notes, messages with their files and the bot’s messages are then erased. The orders themselves with their amounts, invoices and serial numbers, and the billing details, stay in the books without you. An order that is open has to be completed or cancelled first.

command-start = Start
command-new = New order
command-orders = Orders
command-serials = Serial numbers received
command-products = What can be ordered
command-prices = Terms and prices
command-settings = Language, colleagues, billing details
command-help = What this bot does
command-privacy = What the bot stores
command-cancel = Leave the order form

bot-description = { $shop }. Serial numbers of software licence keys: choose keys, send the order and follow it here.
bot-short-description = { $shop }. Orders for serial numbers of software licence keys
