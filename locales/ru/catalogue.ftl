# Прайс-лист: как его читают, меняют и что в нем бывает не так.

button-catalogue-file = Скачать .toml
button-price-book = Скачать .xlsx
button-other-quantity = Изменить количество
button-apply = Применить
button-compare = Показать разницу

catalogue-title =
    { $count ->
        [one] Прайс-лист: { $count } продукт
        [few] Прайс-лист: { $count } продукта
       *[many] Прайс-лист: { $count } продуктов
    }
catalogue-sku = {" "}({ $sku })
catalogue-how-one = Чтобы изменить одну цену, нажмите на артикул продукта.
catalogue-how = Весь прайс-лист меняется файлом: скачайте .xlsx или .toml, исправьте его и пришлите в ответ на это сообщение или с подписью /catalog. Сначала будет показана разница.
catalogue-expected = Прайс-лист принимается файлом .xlsx или .toml; действующий можно получить кнопками под прайс-листом: /catalog
catalogue-checking = Сравниваем прайс-листы.
catalogue-changes = Что изменится в прайс-листе
catalogue-added = Новый продукт: { $product } ({ $sku })
catalogue-gone = Больше не продается: { $product } ({ $sku })
catalogue-changed = { $product } ({ $sku }):
catalogue-renamed = — прежнее название: { $name }
catalogue-described = — другое описание или другая ссылка
catalogue-regrouped = — другая группа
catalogue-package = пакет { $quantity }{ "\u00A0" }шт.
catalogue-tier = цена за шт. от { $quantity }
catalogue-price = — { $subject }: { $old } → { $new }
catalogue-no-price = нет
catalogue-bounds = — свободное количество: { $old } → { $new }
catalogue-no-bounds = нет
catalogue-pattern = — вид серийного номера: { $old } → { $new }
catalogue-no-pattern = любой
catalogue-many =
    { $count ->
        [one] — { $count } изменение
        [few] — { $count } изменения
       *[many] — { $count } изменений
    }
catalogue-arranged = Изменились порядок или названия групп.
catalogue-not-text = Прайс-лист не в кодировке UTF-8, сохраните файл в UTF-8.
catalogue-faults = Прайс-лист не принят:
catalogue-faults-of = Файл { $file } не принят:
catalogue-fault = { $place }: { $problem }
catalogue-at-line = Строка { $line }: { $place }
catalogue-at-text = Строка { $line }, столбец { $column }
catalogue-at-file = весь файл, поле { $key }
catalogue-at-group = группа { $number }{ $called }, поле { $key }
catalogue-at-product = продукт { $number }{ $called }, поле { $key }
catalogue-at-sheet = Лист «{ $sheet }»
catalogue-at-cell = Лист «{ $sheet }», ячейка { $cell }
catalogue-syntax = запись не читается, проверьте кавычки, скобки и запятые.
catalogue-syntax-quotes = текст должен стоять в кавычках.
catalogue-syntax-twice = такое поле выше уже есть, оставьте одно.
catalogue-syntax-open = не закрыта скобка или кавычка.
catalogue-syntax-comma = проверьте запятые: они нужны между значениями и не нужны в конце.
catalogue-syntax-value = нужна запись вида поле = значение.
catalogue-single-brackets =
    { $text ->
        [group] напишите [[group]] в двойных скобках, по разделу на каждую группу.
       *[product] напишите [[product]] в двойных скобках, по разделу на каждый продукт.
    }
catalogue-unquoted = { $text } нужно взять в кавычки, например "11000.00".
catalogue-not-a-quantity = «{ $text }» — не количество, напишите целое число, например 50
catalogue-not-a-table = нужны фигурные скобки, например {"{"} quantity = 50, price = "11000.00" {"}"}
catalogue-not-a-list = нужны квадратные скобки, например [ {"{"} quantity = 50, price = "11000.00" {"}"} ]
catalogue-missing = поля нет, добавьте его.
catalogue-unknown-key = такого поля нет; возможны { $text }.
catalogue-unknown-group-in-sheet = группы с таким id нет, продукты получат заголовок { $text }; исправьте id.
catalogue-unknown-group = группы с таким id нет, продукты получат заголовок { $text }; добавьте раздел [[group]] или исправьте id.
catalogue-empty-cell = ячейка пустая, заполните ее.
catalogue-date-cell = программа приняла значение за дату; задайте ячейке формат «Текст» и введите его заново.
catalogue-error-cell = в ячейке ошибка { $text }; исправьте формулу или введите значение.
catalogue-uncomputed-cell = формула не вычислена; откройте файл в Excel или LibreOffice и сохраните еще раз.
catalogue-not-an-amount = «{ $text }» — не цена, напишите число не меньше нуля, например 11000,50
catalogue-not-a-sale = «{ $text }» — непонятно, как продается; напишите «{ $package }» или «{ $single }».
catalogue-differs = в строке { $quantity } у этого артикула указано другое, сделайте одинаково.
catalogue-no-column = нет столбца «{ $text }»; добавьте его или начните с файла, который дает бот.
catalogue-column-twice = такой столбец уже есть, оставьте один.
catalogue-other-currency = цены магазина — в { $text }, исправьте заголовок и цены.
catalogue-too-many-rows =
    { $limit ->
        [one] заполнено больше { $limit } строки, уберите лишние.
        [few] заполнено больше { $limit } строк, уберите лишние.
       *[many] заполнено больше { $limit } строк, уберите лишние.
    }
catalogue-no-rows = нет ни одного продукта, добавьте по строке на каждый.
catalogue-no-products = в файле нет ни одного продукта, добавьте раздел [[product]].
catalogue-too-many-products = продуктов может быть не больше { $limit }.
catalogue-not-an-id = допустимы от 1 до 32 знаков a-z 0-9 . _ -
catalogue-id-twice = значение встречается дважды, у каждого должно быть свое.
catalogue-not-sold = продукт не продается ни в каком количестве, укажите packages или free_quantity.
catalogue-not-a-name = здесь пусто либо есть переносы строк, двойные пробелы или невидимые знаки; напишите обычными словами.
catalogue-no-name = нет названия на основном языке магазина, добавьте его.
catalogue-unknown-language = на этом языке бот не говорит; подойдут { $languages }.
catalogue-name-too-long =
    { $count ->
        [one] здесь { $count } знак, помещается не больше { $limit }.
        [few] здесь { $count } знака, помещается не больше { $limit }.
       *[many] здесь { $count } знаков, помещается не больше { $limit }.
    }
catalogue-not-an-address = это не веб-адрес, укажите полный, например https://example.com/keys
catalogue-too-many-packages = на экране помещается не больше { $limit } пакетов.
catalogue-too-many-tiers = на экране помещается не больше { $limit } цен по объему.
catalogue-quantity-twice = это количество встречается дважды, оставьте для него одну цену.
catalogue-out-of-bounds = { $quantity } выходит за допустимые границы, укажите от 1 до { $limit }.
catalogue-below-min = это меньше, чем min, укажите не меньше { $quantity }.
catalogue-no-step = здесь 0, укажите 1, чтобы разрешить любое количество.
catalogue-tiers-fall = цены по объему должны идти по возрастанию from.
catalogue-no-price-for = нет цены за шт. для количества { $quantity }, начните первую цену с min или раньше.
catalogue-too-expensive = { $quantity }{ "\u00A0" }шт. по этой цене дороже наибольшей суммы, уменьшите max.
catalogue-not-a-price = «{ $text }» — не цена, пишите цифры и точку, например "11000.00".
catalogue-not-a-pattern = это не регулярное выражение; напишите, например, '[A-Z0-9]{"{"}5{"}"}(-[A-Z0-9]{"{"}5{"}"}){"{"}4{"}"}'
catalogue-pattern-too-large =
    { $limit ->
        [one] выражение слишком велико, сократите его до { $limit } знака и уменьшите повторения.
        [few] выражение слишком велико, сократите его до { $limit } знаков и уменьшите повторения.
       *[many] выражение слишком велико, сократите его до { $limit } знаков и уменьшите повторения.
    }
catalogue-price-too-precise =
    { $limit ->
        [0] «{ $text }»: в валюте { $currency } нет дробных цен, уберите знаки после точки.
        [one] «{ $text }»: в валюте { $currency } после точки не больше { $limit } знака.
        [few] «{ $text }»: в валюте { $currency } после точки не больше { $limit } знаков.
       *[many] «{ $text }»: в валюте { $currency } после точки не больше { $limit } знаков.
    }
catalogue-price-too-large = «{ $text }» больше наибольшей суммы, уменьшите цену.
catalogue-compared = Прайс-лист прочитан, его можно сравнить с действующим.

price-choose = Какую цену изменить?
price-ask = { $name }, напишите новую цену: { $product }
price-now = Сейчас: { $offer }
price-ask-how = Ответьте на это сообщение суммой, например { $price }. Сначала будет показана разница.
quantity-ask-package = { $name }, напишите новое количество в пакете: { $product }
quantity-ask-tier = { $name }, напишите, от какого количества действует эта цена: { $product }
quantity-ask-how = Ответьте на это сообщение целым числом. Сначала будет показана разница.
price-expected = Это не сумма. Напишите цену цифрами, например 11000,50
quantity-expected = Нужно целое число от 1 до { $limit }.
price-gone = Такой цены в прайс-листе больше нет: его тем временем изменили. Выберите цену еще раз.
price-same = Так уже и есть, менять нечего.
price-not-changed = Так изменить нельзя: { $problem }

price-book-sheet = Прайс-лист
price-book-group = Группа
price-book-sale = Как продается
price-book-quantity = Количество или от
price-book-price = Цена
price-book-min = Наименьшее
price-book-max = Наибольшее
price-book-step = Шаг
price-book-package = пакетом
price-book-single = поштучно
price-book-not-a-workbook = Файл не читается как книга Excel. Сохраните его в формате .xlsx и пришлите еще раз.
price-book-former = Это файл прежнего формата Excel или файл под паролем. Сохраните его без пароля в формате .xlsx и пришлите еще раз.
price-book-too-large = Для прайс-листа эта книга слишком велика. Оставьте в ней один лист с ценами или начните с файла, который дает бот: /catalog
price-book-no-table = В книге нет листа со столбцами прайс-листа. Начните с файла, который дает бот: /catalog
price-book-several-tables = Прайс-лист есть на нескольких листах: { $sheets }. Оставьте один.

catalogue-too-large = Файл больше { $limit }{ "\u00A0" }МБ, для прайс-листа это слишком много; пришлите файл поменьше.
catalogue-same = Прайс-лист не отличается от действующего.
catalogue-applied = Прайс-лист применен.
catalogue-overtaken = Прайс-лист тем временем изменился. Ниже разница с действующим, проверьте ее еще раз.
catalogue-proposal-gone = Этого предложения больше нет, пришлите файл еще раз.
catalogue-dropped = Прайс-лист остался прежним.
