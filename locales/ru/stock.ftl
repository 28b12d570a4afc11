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
withdrawal-ask-reason = { $name }, почему снимаете серийные номера со склада? { $product }
withdrawal-ask-reason-how = Выберите причину или напишите свою ответом на это сообщение. Она останется в журнале администраторов.
withdrawal-reason-expected = Выберите причину кнопкой или напишите ее, до { $limit } знаков.
withdrawal-ask-file = { $name }, какие серийные номера снять со склада? { $product }
withdrawal-ask-file-how = Ответьте на это сообщение файлом .txt, .csv или .xlsx, по одному серийному номеру в строке.
withdrawal-in-work = Сверяем файл со складом: { $product }
withdrawal-confirm =
    { $count ->
        [one] { $name }, снять со склада { $count } серийный номер? { $product }. Причина: { $reason }
        [few] { $name }, снять со склада { $count } серийных номера? { $product }. Причина: { $reason }
       *[many] { $name }, снять со склада { $count } серийных номеров? { $product }. Причина: { $reason }
    }
withdrawal-confirm-how = Снятые номера нельзя ни продать, ни загрузить снова.
withdrawal-matched =
    { $count ->
        [1] { $product }: в файле { $count } серийный номер, он на складе. Чтобы снять его, начните заново в /stock.
        [one] { $product }: в файле { $count } серийный номер, все на складе. Чтобы снять их, начните заново в /stock.
        [few] { $product }: в файле { $count } серийных номера, все на складе. Чтобы снять их, начните заново в /stock.
       *[many] { $product }: в файле { $count } серийных номеров, все на складе. Чтобы снять их, начните заново в /stock.
    }
withdrawal-done =
    { $count ->
        [one] { $product }: со склада снят { $count } серийный номер.
        [few] { $product }: со склада сняты { $count } серийных номера.
       *[many] { $product }: со склада снято { $count } серийных номеров.
    }
withdrawal-mismatch = Со склада ничего не снято: { $product }. Уберите из файла эти строки и пришлите его еще раз:
withdrawal-sold =
    { $count ->
        [1] { $count } номер выдан по заказу, это строка { $line }.
        [one] { $count } номер выдан по заказам, первый в строке { $line }.
        [few] { $count } номера выданы по заказам, первый в строке { $line }.
       *[many] { $count } номеров выдано по заказам, первый в строке { $line }.
    }
withdrawal-absent =
    { $count ->
        [1] { $count } номера нет на складе среди номеров этого продукта, это строка { $line }.
        [one] { $count } номера нет на складе среди номеров этого продукта, первый в строке { $line }.
        [few] { $count } номеров нет на складе среди номеров этого продукта, первый в строке { $line }.
       *[many] { $count } номеров нет на складе среди номеров этого продукта, первый в строке { $line }.
    }
withdrawal-refused = Со склада ничего не снято. { $reason }
withdrawal-faults = Со склада ничего не снято:
withdrawal-other-product = Строка { $line } относится к другому продукту, снимайте номера каждого продукта своим файлом.
withdrawal-lost = утрачены
withdrawal-spoiled = испорчены
audit-withdrawn =
    { $count ->
        [one] { $product }: со склада снят { $count } номер, причина: { $reason }
        [few] { $product }: со склада сняты { $count } номера, причина: { $reason }
       *[many] { $product }: со склада снято { $count } номеров, причина: { $reason }
    }

### Выбор своих серийных номеров и вопрос о них.

button-serials-by-order = По заказу
button-serials-by-product = По продукту
button-serials-by-period = За период
button-serials-of = №{ $number } от { $date }
serials-how = Чтобы узнать, к каким заказам относятся номера, пришлите их сообщением или файлом .txt, .csv или .xlsx.
serials-choose-order = Выберите заказ
serials-choose-product = Выберите продукт
serials-ask-period = Выберите период или напишите его: 2026, 11.2026, 15.11.2026 или 01.11.2026 15.11.2026
serials-choose-format = Выберите формат файла
serials-of-product = Серийные номера: { $product }
serials-of-period = Серийные номера: { $period }
serials-none = Таких серийных номеров нет.
serials-column-serial = Серийный номер
serials-column-product = Софтверный ключ
serials-column-order = Заказ
serials-column-date = Дата
serials-found = Серийные номера
serials-found-typed = Серийные номера по порядку в вашем сообщении
serials-found-line = { $place }: заказ №{ $number } · { $product } · { $date }
serials-found-more = Чтобы узнать об остальных, пришлите номера файлом .txt, .csv или .xlsx.
serials-found-count =
    { $count ->
        [one] В файле { $count } ваш серийный номер с продуктом, заказом и датой.
        [few] В файле { $count } ваших серийных номера с продуктом, заказом и датой.
       *[many] В файле { $count } ваших серийных номеров с продуктом, заказом и датой.
    }
serials-unknown =
    { $count ->
        [one] { $count } номер вам не выдавался.
        [few] { $count } номера вам не выдавались.
       *[many] { $count } номеров вам не выдавалось.
    }
serials-look-up-too-long = Пришлите файл поменьше: до { $limit } строк и 2{ "\u00A0" }МБ.
banner-answer-follows = Ответ — следующим сообщением.
banner-period-expected = Период не распознан. Напишите, например: 2026, 11.2026 или 01.11.2026 15.11.2026
