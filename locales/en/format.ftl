# How English writes numbers, money and dates.

# Its place in the choice of languages; build.rs reads it.
language-place = 2
# The language in its own words, for the settings.
language-name = English

number-group-separator = ,
# Where a comma is the decimal mark, a semicolon separates the fields of a CSV file.
number-decimal-mark = .

money = { $currency }{ "\u00A0" }{ $amount }

# $day and $month have no leading zero, $dd and $mm do. A numeric date can be typed: the bot reads 2026-04-15 and 15.04.2026.
date = { $day } { month-short } { $year }
date-short = { $day } { month-short }
date-numeric = { $year }-{ $mm }-{ $dd }
date-time = { $date } { $time }

# What people call a currency beside a sum, and what they write beside a day, when they type them to the bot: words between
# spaces, without full stops.
typed-currency =
    { $currency ->
        [RUB] ruble rubles rouble roubles rub
        [USD] dollar dollars
        [EUR] euro euros
        [GBP] pound pounds
        [CNY] yuan
        [TRY] lira liras
        [PLN] zloty zlotys
       *[other] { $currency }
    }
typed-day = by until due
typed-month =
    { $month ->
        [1] january jan
        [2] february feb
        [3] march mar
        [4] april apr
        [5] may
        [6] june jun
        [7] july jul
        [8] august aug
        [9] september sept sep
        [10] october oct
        [11] november nov
       *[12] december dec
    }

# What keys are counted in when an order is typed, and words of the headings and sums of tables that are pasted into it: words
# between spaces, without full stops.
typed-units = pcs pc piece pieces key keys unit units licence licences license licenses
typed-headings = product products item name description sku quantity qty count amount price sum of keys number numbers serial rub
typed-totals = total totals
