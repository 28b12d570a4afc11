# The staff chat.

alert-customer = Customer: { $name }
alert-account = account { $account }
alert-new = New order №{ $number }
alert-repeated = Repeated: the previous message may not have arrived.
