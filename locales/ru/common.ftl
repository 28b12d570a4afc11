# Слова, которые встречаются на многих экранах.

status-placed = Размещен
status-invoiced = Выставлен счет
status-completed = Выполнен
status-cancelled = Отменен

order-title = Заказ №{ $number }
line-amount = { $quantity }{ "\u00A0" }шт. — { $price }
line-repriced = { $quantity }{ "\u00A0" }шт. — было { $old }, стало { $price }
total = Итого: { $quantity }{ "\u00A0" }шт. — { $price }
note = Примечание: { $note }
date-placed = Дата размещения: { $date }
status-is = Статус: { $status }
list-or = { $head } или { $last }
