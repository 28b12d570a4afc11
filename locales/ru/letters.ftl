# Что заказчику сообщают о его заказе.

letter-repeated = Повторно: предыдущее сообщение могло не дойти.
letter-invoiced = По заказу №{ $number } выставлен счет на { $amount }.
letter-invoice-due = Оплатите его, пожалуйста, до { $date }.
letter-completed = Заказ №{ $number } выполнен.
letter-serials =
    { $count ->
        [one] В файле { $count } серийный номер.
        [few] В файле { $count } серийных номера.
       *[many] В файле { $count } серийных номеров.
    }
letter-serials-of = Серийные номера по заказу №{ $number }
letter-serials-all = Серийные номера по всем заказам
letter-part = Часть { $number } из { $of }
letter-checksum = SHA-256 файла: { $sum }
letter-cancelled = Заказ №{ $number } отменен.
letter-reason = Причина: { $reason }
letter-answered = Ответ по заказу №{ $number }
letter-answered-anew = Исправленный ответ по заказу №{ $number }
letter-invoice-of = Счет по заказу №{ $number } на { $amount }
button-open-order = Открыть заказ

reason-customer-asked = По просьбе клиента
reason-not-paid = Счет не оплачен в срок
reason-not-available = Сейчас не можем поставить
reason-duplicate = Повторный заказ
