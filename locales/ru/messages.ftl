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
message-serials-here = Скопировать их можно и здесь: раскройте список и нажмите на номер.
message-serials-some-here =
    { $shown ->
        [one] Первый можно скопировать и здесь: раскройте список и нажмите на номер.
        [few] Первые { $shown } можно скопировать и здесь: раскройте список и нажмите на номер.
       *[many] Первые { $shown } можно скопировать и здесь: раскройте список и нажмите на номер.
    }
message-serials-not-here = В само сообщение они не помещаются.
message-checksum = SHA-256 файла:
# Строка над номерами одного продукта в файле.
serials-heading =
    { $count ->
        [one] { $product }, { $count } номер
        [few] { $product }, { $count } номера
       *[many] { $product }, { $count } номеров
    }
button-copy-serial = Скопировать номер
message-reason = Причина: { $reason }
message-file-lost = Файл приложить не удалось: Telegram его больше не отдает. Продавец это видит и пришлет файл заново.
message-invoice-of = Счет по заказу №{ $number } на { $amount }
button-open-order = Открыть заказ

reason-customer-asked = По просьбе клиента
# То же самому клиенту.
reason-you-asked = По вашей просьбе
reason-not-paid = Счет не оплачен в срок
reason-not-available = Сейчас нет в наличии
reason-duplicate = Дубликат другого заказа
