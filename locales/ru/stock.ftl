### Серийные номера, которые снимают со склада.

button-withdraw-serials = Снять со склада…
button-withdraw-of = Снять: { $sku }
button-withdraw-lost = Утрачены
button-withdraw-spoiled = Испорчены
button-withdraw-confirm =
    { $count ->
        [one] Снять { $count } номер
        [few] Снять { $count } номера
       *[many] Снять { $count } номеров
    }
withdrawal-ask-reason = { $name }, почему снимаем со склада: { $product }
withdrawal-ask-reason-how = Выберите причину или ответьте на это сообщение своей. Она останется в журнале администраторов.
withdrawal-reason-expected = Выберите причину кнопкой или напишите ее, до { $limit } знаков.
withdrawal-ask-file = { $name }, какие серийные номера снять со склада: { $product }
withdrawal-ask-file-how = Ответьте на это сообщение файлом .txt, .csv или .xlsx, по одному серийному номеру в строке.
withdrawal-in-work = Сверяем файл со складом: { $product }
withdrawal-confirm =
    { $count ->
        [one] { $name }, снять со склада { $count } серийный номер: { $product }? Причина: { $reason }.
        [few] { $name }, снять со склада { $count } серийных номера: { $product }? Причина: { $reason }.
       *[many] { $name }, снять со склада { $count } серийных номеров: { $product }? Причина: { $reason }.
    }
withdrawal-confirm-how = Снятые номера нельзя ни продать, ни загрузить снова.
withdrawal-matched =
    { $count ->
        [one] { $product }: в файле { $count } серийный номер, он на складе. Чтобы снять его, начните заново в /stock.
        [few] { $product }: в файле { $count } серийных номера, все на складе. Чтобы снять их, начните заново в /stock.
       *[many] { $product }: в файле { $count } серийных номеров, все на складе. Чтобы снять их, начните заново в /stock.
    }
withdrawal-done =
    { $count ->
        [one] { $product }: снят со склада { $count } серийный номер.
        [few] { $product }: сняты со склада { $count } серийных номера.
       *[many] { $product }: сняты со склада { $count } серийных номеров.
    }
withdrawal-mismatch = Со склада ничего не снято: { $product }. Уберите из файла лишнее и пришлите его еще раз.
withdrawal-sold =
    { $count ->
        [one] Выдан по заказу { $count } номер, строка { $line }.
        [few] Выданы по заказам { $count } номера, первый в строке { $line }.
       *[many] Выданы по заказам { $count } номеров, первый в строке { $line }.
    }
withdrawal-absent =
    { $count ->
        [one] Нет на складе этого ключа { $count } номера, строка { $line }.
        [few] Нет на складе этого ключа { $count } номеров, первый в строке { $line }.
       *[many] Нет на складе этого ключа { $count } номеров, первый в строке { $line }.
    }
withdrawal-refused = Со склада ничего не снято. { $reason }
withdrawal-lost = утрачены
withdrawal-spoiled = испорчены
audit-withdrawn =
    { $count ->
        [one] { $product }: снят со склада { $count } номер, причина: { $reason }
        [few] { $product }: сняты со склада { $count } номера, причина: { $reason }
       *[many] { $product }: сняты со склада { $count } номеров, причина: { $reason }
    }

### Выбор своих серийных номеров и вопрос о них.

button-serials-by-order = По заказу
button-serials-by-product = По ключу
button-serials-by-period = За период
button-serials-of = №{ $number } от { $date }
serials-how = Чтобы узнать, что за номера у вас на руках, пришлите их сообщением или файлом .txt, .csv или .xlsx.
serials-choose-order = Выберите заказ
serials-choose-product = Выберите ключ
serials-ask-period = Выберите период или напишите его: 2026, 11.2026, 15.11.2026 или 01.11.2026 15.11.2026
serials-choose-format = В каком файле прислать?
serials-of-product = Серийные номера: { $product }
serials-of-period = Серийные номера: { $period }
serials-none = Таких серийных номеров нет.
serials-column-serial = Серийный номер
serials-column-product = Ключ
serials-column-order = Заказ
serials-column-date = Дата
serials-found = Серийные номера
serials-found-line = { $place }: заказ №{ $number } · { $product } · { $date }
serials-found-more = Остальные — в ответ на файл .txt, .csv или .xlsx.
serials-found-count =
    { $count ->
        [one] В файле { $count } ваш серийный номер: ключ, заказ и дата.
        [few] В файле { $count } ваших серийных номера: ключ, заказ и дата.
       *[many] В файле { $count } ваших серийных номеров: ключ, заказ и дата.
    }
serials-unknown =
    { $count ->
        [one] Вам не выдавался { $count } номер.
        [few] Вам не выдавались { $count } номера.
       *[many] Вам не выдавались { $count } номеров.
    }
serials-look-up-too-long = Пришлите файл поменьше: до { $limit } строк и 2 МБ.
banner-answer-follows = Ответ — следующим сообщением.
banner-period-expected = Период не понят. Напишите, например: 2026, 11.2026 или 01.11.2026 15.11.2026
