# What is done to an order.

# Its buttons.
button-take = Взять в работу
button-invoice-total = Счет на { $amount }
button-other-sum = Другая сумма…
# On a card that one of the staff reads alone.
button-ask-invoice = Выставить счет…
button-ask-complete = Выдать ({ $available } из { $needed })…
button-from-stock-now = Выдать со склада ({ $available } из { $needed })
button-stock-short = На складе { $available } из { $needed }
button-other-file = Другой файл…
button-settle = Ответ не нужен
button-cancel-order = Отменить…

# What answers whoever did it.
staff-taken = Заказ №{ $number } теперь ваш.
staff-done-invoiced = Заказ №{ $number }: счет выставлен.
staff-done-completed = Заказ №{ $number } выполнен, серийные номера отправляются клиенту.
staff-done-cancelled = Заказ №{ $number } отменен.
staff-settled = Заказ №{ $number }: отмечено, что ответ не нужен. Клиенту об этом не сообщается.
staff-answered = Ответ по заказу №{ $number } отправляется клиенту.

# What the customer is told of it.
message-invoiced = По заказу №{ $number } выставлен счет на { $amount }.
message-cancelled = Заказ №{ $number } отменен.
message-answered = Ответ по заказу №{ $number }
message-answered-anew = Исправленный ответ по заказу №{ $number }

# Its line on the customer's card.
card-event = { $date } — { $status }
card-invoiced = { $date } — { $status }: { $amount }
card-invoiced-due = { $date } — { $status }: { $amount }, оплатить до { $due }
card-cancelled = { $date } — { $status }. { $reason }
card-asked = { $date } — Вопрос: { $text }
card-asked-to-cancel = { $date } — Просьба отменить: { $text }
card-asked-to-cancel-silently = { $date } — Просьба отменить
card-answered = { $date } — Ответ: { $text }
card-asked-anew = { $date } — Исправлено: { $text }
card-answered-anew = { $date } — Ответ исправлен: { $text }
card-file = файл

# Its line on the alert.
alert-placed = { $date } — размещен: { $name }
alert-taken = { $date } — в работе: { $name }
alert-invoiced = { $date } — выставлен счет на { $amount }: { $name }
alert-invoiced-due = { $date } — выставлен счет на { $amount } (оплатить до { $due }): { $name }
alert-completed = { $date } — выполнен: { $name }
alert-cancelled = { $date } — отменен: { $name }. { $reason }
alert-asked = { $date } — вопрос ({ $name }): { $text }
alert-asked-to-cancel = { $date } — просьба отменить ({ $name }): { $text }
alert-asked-to-cancel-silently = { $date } — просьба отменить: { $name }
alert-answered = { $date } — ответ ({ $name }): { $text }
alert-settled = { $date } — ответ не нужен: { $name }
alert-asked-anew = { $date } — исправлено ({ $name }): { $text }
alert-answered-anew = { $date } — ответ исправлен ({ $name }): { $text }
alert-file = файл
alert-file-lost = { $date } — файл { $name } не дошел: Telegram его больше не отдает, отправьте его заново
alert-photo-lost = { $date } — фотография не дошла: Telegram ее больше не отдает, отправьте ее заново
