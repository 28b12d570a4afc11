# Чат сотрудников.

alert-customer = Клиент: { $name }
alert-account = учетная запись { $account }
alert-new = Новый заказ №{ $number }
alert-repeated = Повторно: предыдущее сообщение могло не дойти.
