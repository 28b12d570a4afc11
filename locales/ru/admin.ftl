# Экраны администраторов.

button-close = Закрыть
button-import = Загрузить: { $sku }
button-catalogue-file = Прайс-лист файлом
button-apply = Применить
button-compare = Показать разницу
button-appoint = Назначить
button-dismiss-admin = Снять: { $name }
button-confirm-dismiss = Снять
button-block = Заблокировать
button-unblock = Разблокировать

list-more = и еще { $count }
admin-use-buttons = Пожалуйста, нажмите одну из кнопок ниже или наберите команду.
admin-file-follows = Файл отправляется следующим сообщением.

queue-title =
    { $count ->
        [one] В очереди { $count } заказ
        [few] В очереди { $count } заказа
       *[many] В очереди { $count } заказов
    }
queue-empty = Открытых заказов нет.
queue-entry = №{ $number } · { $status } · ждет { $waiting }
queue-line = { $name } · { $quantity }{ "\u00A0" }шт. · { $price }
queue-taken = В работе: { $name }
queue-days = { $count } дн.
queue-hours = { $count } ч
queue-minutes = { $count } мин
queue-status-expected = Нужен статус открытого заказа: /queue placed или /queue invoiced, а все открытые заказы покажет /queue без статуса.

find-title = Поиск
find-entry = №{ $number } · { $status } · { $date }
find-count =
    { $count ->
        [one] Найден { $count } заказ.
        [few] Найдено { $count } заказа.
       *[many] Найдено { $count } заказов.
    }
find-nothing = Ничего не найдено; попробуйте номер заказа, часть имени, названия организации или примечания либо серийный номер целиком.
find-serial-given = Такой серийный номер выдан: { $product }, заказ №{ $number }
find-serial-in-stock = Такой серийный номер на складе: { $product }
find-text-expected = После команды нужен номер заказа, имя, организация, ИНН, примечание или серийный номер, не длиннее { $limit } знаков, например: /find Иванов

stock-title = Склад
stock-line = { $product } ({ $sku }): { $quantity }{ "\u00A0" }шт.
stock-line-gone = { $sku }, больше не продается: { $quantity }{ "\u00A0" }шт.
stock-ask = { $name }, пришлите серийные номера: { $product }
stock-ask-how = Ответьте на это сообщение файлом .txt или .csv, по одному серийному номеру в строке.
stock-importing = Загружаем серийные номера: { $product }
stock-importing-lines =
    { $count ->
        [one] Загружаем серийные номера: { $product }, прочитана { $count } строка
        [few] Загружаем серийные номера: { $product }, прочитано { $count } строки
       *[many] Загружаем серийные номера: { $product }, прочитано { $count } строк
    }
stock-imported = { $product }: добавлено на склад { $added }, уже было { $known }.
stock-heading = Строка { $line } принята за заголовок.
stock-refused = Ничего не загружено. { $reason }
stock-other-product = Строка { $line } относится к другому ключу, загружайте каждый ключ своим файлом.
stock-sku-expected = Нужен артикул из прайс-листа, например: /stock { $sku }

catalogue-title =
    { $count ->
        [one] Прайс-лист: { $count } ключ
        [few] Прайс-лист: { $count } ключа
       *[many] Прайс-лист: { $count } ключей
    }
catalogue-line = { $product } ({ $sku }): { $quantities }
catalogue-how = Чтобы изменить прайс-лист, ответьте на это сообщение новым файлом .toml или пришлите его с подписью /catalog. Сначала будет показана разница.
catalogue-expected = Прайс-лист принимается файлом .toml; действующий можно получить кнопкой «Прайс-лист файлом».
catalogue-checking = Сравниваем прайс-листы.
catalogue-changes = Что изменится в прайс-листе
catalogue-added = Новый ключ: { $product } ({ $sku })
catalogue-gone = Больше не продается: { $product } ({ $sku })
catalogue-changed = { $product } ({ $sku }):
catalogue-renamed = — прежнее название: { $name }
catalogue-described = другое описание или другая ссылка
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
catalogue-fault = { $place }: { $problem }
catalogue-at-text = Строка { $line }, столбец { $column }
catalogue-at-file = Файл, поле { $key }
catalogue-at-group = Группа { $number } ({ $id }), поле { $key }
catalogue-at-product = Ключ { $number } ({ $sku }), поле { $key }
catalogue-syntax = файл не читается. { $words }
catalogue-unquoted = нужен текст в кавычках, например "11000.00". { $words }
catalogue-no-products = в файле нет ни одного ключа, добавьте раздел [[product]].
catalogue-too-many-products = ключей может быть не больше { $limit }.
catalogue-not-an-id = допустимы от 1 до 32 знаков a-z 0-9 . _ -
catalogue-id-twice = встречается дважды, у каждого должно быть свое.
catalogue-not-sold = ключ не продается ни в каком количестве, укажите packages или free_quantity.
catalogue-not-a-name = название пустое или содержит переносы строк, двойные пробелы или невидимые знаки, напишите его обычными словами.
catalogue-no-name = нет названия на основном языке магазина, добавьте его.
catalogue-unknown-language = на этом языке бот не говорит; подойдут { $languages }.
catalogue-name-too-long =
    { $count ->
        [one] в названии { $count } знак, помещается не больше { $limit }.
        [few] в названии { $count } знака, помещается не больше { $limit }.
       *[many] в названии { $count } знаков, помещается не больше { $limit }.
    }
catalogue-not-an-address = это не веб-адрес, укажите полный, например https://example.com/keys
catalogue-too-many-packages = на экране помещается не больше { $limit } пакетов.
catalogue-too-many-tiers = на экране помещается не больше { $limit } цен по объему.
catalogue-quantity-twice = встречается дважды, оставьте одну цену для количества.
catalogue-out-of-bounds = { $quantity } вне допустимых границ, укажите от 1 до { $limit }.
catalogue-below-min = меньше, чем min, укажите не меньше { $quantity }.
catalogue-no-step = равно 0, укажите 1, чтобы разрешить любое количество.
catalogue-tiers-fall = цены по объему должны идти по возрастанию from.
catalogue-no-price-for = нет цены за шт. для количества { $quantity }, начните первую цену с min или раньше.
catalogue-too-expensive = { $quantity }{ "\u00A0" }шт. по этой цене дороже наибольшей суммы, уменьшите max.
catalogue-not-a-price = «{ $text }» — не цена, пишите цифры и точку, например "11000.00".
catalogue-not-a-pattern = это не регулярное выражение, напишите, например, '[A-Z0-9]{"{"}5{"}"}(-[A-Z0-9]{"{"}5{"}"}){"{"}4{"}"}'. { $words }
catalogue-pattern-too-large =
    { $limit ->
        [one] слишком велико, сократите до { $limit } знака и уменьшите повторения.
        [few] слишком велико, сократите до { $limit } знаков и уменьшите повторения.
       *[many] слишком велико, сократите до { $limit } знаков и уменьшите повторения.
    }
catalogue-price-too-precise =
    { $limit ->
        [0] «{ $text }» — в валюте { $currency } нет дробных цен, уберите знаки после точки.
        [one] «{ $text }» — в валюте { $currency } после точки не больше { $limit } знака.
        [few] «{ $text }» — в валюте { $currency } после точки не больше { $limit } знаков.
       *[many] «{ $text }» — в валюте { $currency } после точки не больше { $limit } знаков.
    }
catalogue-price-too-large = «{ $text }» больше наибольшей суммы, уменьшите цену.
catalogue-compared = Прайс-лист прочитан, его можно сравнить с действующим.
catalogue-too-large = Файл больше { $limit } МБ, для прайс-листа это слишком много.
catalogue-same = Прайс-лист не отличается от действующего.
catalogue-applied = Прайс-лист применен.
catalogue-overtaken = Прайс-лист тем временем изменился. Ниже разница с действующим, проверьте ее еще раз.
catalogue-proposal-gone = Этого предложения больше нет, пришлите файл еще раз.
catalogue-dropped = Прайс-лист остался прежним.

admins-title = Администраторы
admins-configured = {" "}— в настройках бота
admins-appointed = {" "}— кто назначил: { $name }, { $date }
admins-how = Назначить: /staff и Telegram ID, например /staff 123456789, или /staff в ответ на сообщение человека.
admins-person-expected = Нужен Telegram ID или имя пользователя, например: /staff 123456789
admins-already = Это уже администратор.
admins-not-admin = Это не администратор.
admins-configured-stays = Этот администратор указан в настройках бота, снять его можно только там.
admins-not-yourself = С собой этого сделать нельзя, попросите другого администратора.
admins-too-many = Больше администраторов назначить нельзя, сначала снимите кого-нибудь: /staff
admins-done-appointed = Назначен администратор: { $person }.
admins-done-dismissed = { $person } больше не администратор.

confirm-appoint = { $name }, назначить администратором?
confirm-dismiss = { $name }, снять администратора?
confirm-block = { $name }, заблокировать?
confirm-unblock = { $name }, разблокировать?
person-id = Telegram ID: { $id }
person-named = { $name } ({ $id })
person-unknown = Этот человек еще не писал боту.
person-not-found = Среди тех, кто писал боту, такого человека нет; проверьте имя или укажите Telegram ID.
block-person-expected = Кого заблокировать: Telegram ID, имя пользователя или номер заказа, например: /block @ivanov
unblock-person-expected = Кого разблокировать: Telegram ID, имя пользователя или номер заказа, например: /unblock @ivanov
block-admins-stay = Администратора заблокировать нельзя, сначала снимите его: /staff
block-done = Пользователь { $person } заблокирован.
unblock-done = Пользователь { $person } разблокирован.

audit-title = Журнал администраторов
audit-empty = Записей пока нет.
audit-entry = { $date } · { $name }
audit-by-server = на сервере
audit-appointed = Назначен администратор: { $person }
audit-dismissed = Снят администратор: { $person }
audit-blocked = Заблокирован пользователь: { $person }
audit-unblocked = Разблокирован пользователь: { $person }
audit-exported = Выгрузка заказов: { $period }
audit-imported = { $product }: добавлено на склад { $added }, уже было { $known }
audit-price-list = Применен прайс-лист

told-appointed = Назначен администратор: { $person }. Кто назначил: { $name }.
told-exported = Выгружены заказы: { $period }. Кто выгрузил: { $name }.
told-staff-chat-channel = Вместо чата сотрудников в настройках бота указан канал, и бот в нем ничего не делает. Укажите закрытую группу.
told-staff-chat-public = Чат сотрудников стал публичным: его могут читать посторонние, поэтому бот в нем ничего не делает и не пишет. Сделайте группу закрытой, и бот продолжит работу.
told-staff-chat-private = Чат сотрудников снова закрыт для посторонних, бот снова в нем работает.

export-follows = Готовим файлы с заказами: { $period }
export-too-large = Заказов слишком много для одного файла, возьмите период короче.
export-over-limit = Файл получился больше { $limit } МБ, отправить такой боту нельзя; возьмите период короче.
export-not-sent = Файл сделать или отправить не удалось; запросите его позже еще раз, выгрузку — за период короче.
export-failed = Файл сделать не удалось, подробности в журнале бота.

command-order = Карточка заказа
command-invoice = Выставить счет
command-complete = Выполнить заказ
command-cancel-order = Отменить заказ
command-queue = Очередь заказов
command-find = Поиск заказа
command-stock = Склад
command-catalog = Прайс-лист
command-staff = Администраторы
command-stats = Сводка за период
command-export = Выгрузка заказов
command-block = Заблокировать
command-unblock = Разблокировать
command-audit = Журнал администраторов
help-admin = Администратору
