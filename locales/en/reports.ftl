# Figures and the export of orders.

button-period-all = All time
period-all = all time
period-year = { $year }
period-month = { month } { $year }
period-days = { $first } – { $last }
period-help = This period is not recognised; please give today, week, month, year, all, a year (2026), a month (2026-04), a day (2026-04-15), the first and the last day (2026-04-01 2026-04-15), or nothing for the current month.
period-reversed = The first day is later than the last; please swap them: { $period }

month =
    { $month ->
        [1] January
        [2] February
        [3] March
        [4] April
        [5] May
        [6] June
        [7] July
        [8] August
        [9] September
        [10] October
        [11] November
       *[12] December
    }
month-short =
    { $month ->
        [1] Jan
        [2] Feb
        [3] Mar
        [4] Apr
        [5] May
        [6] Jun
        [7] Jul
        [8] Aug
        [9] Sep
        [10] Oct
        [11] Nov
       *[12] Dec
    }

stats-title = Orders: { $period }
stats-empty = No orders were placed in this period.
stats-orders =
    { $count ->
        [one] { $count } order
       *[other] { $count } orders
    }
stats-figures =
    { $quantity ->
        [one] { stats-orders }, { $quantity }{ "\u00A0" }key — { $amount }
       *[other] { stats-orders }, { $quantity }{ "\u00A0" }keys — { $amount }
    }
stats-status = { $status }: { stats-figures }
stats-ordered = Ordered: { stats-figures }
stats-invoiced =
    { $count ->
        [one] Invoiced in all: { $count } order — { $amount }
       *[other] Invoiced in all: { $count } orders — { $amount }
    }
stats-nothing-invoiced = Nothing has been invoiced yet.
stats-only-cancelled = Every order of this period was cancelled.
stats-cancelled = Cancelled orders (not counted above): { stats-figures }

chart-sum = Ordered: { stats-orders } for { $amount }
chart-legend = { $status }: { $count }
chart-cancelled =
    { $count ->
        [one] Not counting { $count } cancelled order
       *[other] Not counting { $count } cancelled orders
    }
chart-orders-a-day = Orders per day
chart-orders-a-week = Orders per week
chart-orders-a-month = Orders per month
chart-orders-a-year = Orders per year
chart-days = Days
chart-weeks = Weeks, by first day
chart-months = Months
chart-years = Years
chart-month-year = { month-short } ’{ $year }

export-sheet = Orders
export-order = Order
export-placed-at = Date placed
export-status = Status
export-customer = Customer
export-username = Telegram username
export-person = Telegram ID
export-account = Account
export-sku = SKU
export-name =
    { $language ->
        [en] Product
        [ru] Product (Russian)
       *[other] Product ({ $name })
    }
export-quantity = Number of keys
export-price = Line amount
export-total = Order amount
export-currency = Currency
export-note = Note
export-invoice = Invoice amount
export-due = Due
export-company = Company
export-tax-number = Tax number (INN)
export-kpp = KPP
export-email = E-mail for documents
export-invoiced-at = Date invoiced
export-completed-at = Date completed
export-cancelled-at = Date cancelled
export-reason = Reason for cancelling
