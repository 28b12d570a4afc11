# Что заказчику сообщают о его заказе.

message-repeated = Повторно: предыдущее сообщение могло не дойти.
message-invoice-due = Оплатите его, пожалуйста, до { $date }.
message-completed = Заказ №{ $number } выполнен.
message-serials =
    { $count ->
        [one] В файле { $count } серийный номер.
        [few] В файле { $count } серийных номера.
       *[many] В файле { $count } серийных номеров.
    }
message-serials-of = Серийные номера по заказу №{ $number }
message-serials-all = Серийные номера по всем заказам
message-part = Часть { $number } из { $of }
message-checksum = SHA-256 файла: { $sum }
message-reason = Причина: { $reason }
message-file-lost = Файл приложить не удалось: Telegram его больше не отдает. Продавец это видит и пришлет файл заново.
message-invoice-of = Счет по заказу №{ $number } на { $amount }
button-open-order = Открыть заказ

reason-customer-asked = По просьбе клиента
reason-not-paid = Счет не оплачен в срок
reason-not-available = Сейчас не можем поставить
reason-duplicate = Повторный заказ
