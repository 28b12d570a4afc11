# Экраны администраторов.

button-close = Закрыть
button-import = Загрузить: { $sku }
button-appoint = Назначить
button-dismiss-admin = Снять: { $name }
button-confirm-dismiss = Снять
button-block = Заблокировать
button-unblock = Разблокировать
button-export-person = Выгрузить данные
button-ask-erase-person = Стереть данные…
button-erase-person = Стереть данные

list-more = и еще { $count }
admin-use-buttons = Пожалуйста, нажмите одну из кнопок ниже или наберите команду.
admin-file-follows = Файл отправляется следующим сообщением.

queue-title =
    { $count ->
        [0] Очередь заказов
        [one] В очереди { $count } заказ
        [few] В очереди { $count } заказа
       *[many] В очереди { $count } заказов
    }
queue-empty = Открытых заказов нет.
queue-title-of =
    { $count ->
        [0] Очередь заказов со статусом «{ $status }»
        [one] В очереди { $count } заказ со статусом «{ $status }»
        [few] В очереди { $count } заказа со статусом «{ $status }»
       *[many] В очереди { $count } заказов со статусом «{ $status }»
    }
queue-title-part = { $listed }, показаны с { $first } по { $last }
queue-by-status = { status-placed }: { $placed } · { status-invoiced }: { $invoiced }
queue-entry = №{ $number } · { $status }
queue-since = Ждет с
queue-line = { $name } · { $quantity }{ "\u00A0" }шт. · { $price }
queue-taken = В работе: { $name }
queue-status-expected = Нужен статус открытого заказа: /queue placed или /queue invoiced, а все открытые заказы покажет /queue без статуса.

find-title = Поиск
find-entry = №{ $number } · { $status } · { $date }
find-count =
    { $count ->
        [one] Найден { $count } заказ.
        [few] Найдено { $count } заказа.
       *[many] Найдено { $count } заказов.
    }
find-many = Найдено больше { $count } заказов, сначала новые; напишите запрос подробнее.
find-nothing = Ничего не найдено; попробуйте номер заказа, часть имени, названия организации или примечания либо серийный номер целиком.
find-serial-given = Этот серийный номер выдан: { $product }, заказ №{ $number }
find-serial-in-stock = Этот серийный номер на складе: { $product }
find-text-expected = Напишите после команды номер заказа, имя, организацию, ИНН, примечание или серийный номер, не длиннее { $limit } знаков, например: /find Иванов

stock-title = Склад
stock-line = { $product } ({ $sku }): { $quantity }{ "\u00A0" }шт.
stock-line-gone = { $sku }, больше не продается: { $quantity }{ "\u00A0" }шт.
stock-ask = { $name }, пришлите серийные номера: { $product }
stock-ask-how = Ответьте на это сообщение файлом .txt, .csv или .xlsx, по одному серийному номеру в строке.
stock-importing = Загружаем серийные номера: { $product }
stock-importing-lines =
    { $count ->
        [one] Загружаем серийные номера: { $product }, прочитана { $count } строка
        [few] Загружаем серийные номера: { $product }, прочитано { $count } строки
       *[many] Загружаем серийные номера: { $product }, прочитано { $count } строк
    }
stock-imported = { $product }: добавлено на склад { $added }, уже было { $known }.
stock-imported-given =
    { $given ->
        [one] Еще { $given } номер уже выдан по заказу.
        [few] Еще { $given } номера уже выданы по заказам.
       *[many] Еще { $given } номеров уже выдано по заказам.
    }
stock-heading = Строка { $line } принята за заголовок.
stock-faults = Ничего не загружено:
stock-refused = Ничего не загружено. { $reason }
stock-other-product = Строка { $line } относится к другому продукту, загружайте каждый продукт своим файлом.
stock-sku-expected = Нужен артикул из прайс-листа, например: /stock { $sku }

admins-title = Администраторы
admins-configured = {" "}— в настройках бота
admins-appointed = {" "}— кто назначил: { $name }, { $date }
admins-how = Чтобы назначить администратора, отправьте /staff с Telegram ID или именем пользователя, например /staff 123456789 или /staff @name, или ответьте командой /staff на сообщение этого человека.
admins-person-expected = Нужен Telegram ID или имя пользователя, например: /staff 123456789
admins-already = Этот человек уже администратор.
admins-not-admin = Этот человек не администратор.
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
block-person-expected = Укажите, кого заблокировать: Telegram ID, имя пользователя или номер заказа, например: /block @ivanov
unblock-person-expected = Укажите, кого разблокировать: Telegram ID, имя пользователя или номер заказа, например: /unblock @ivanov
block-admins-stay = Администратора заблокировать нельзя, сначала снимите его: /staff
block-done = Пользователь { $person } заблокирован.
unblock-not-blocked = Пользователь { $person } и не был заблокирован.
block-already = Пользователь { $person } уже заблокирован.
unblock-done = Пользователь { $person } разблокирован.

person-title = Пользователь бота
person-account = Учетная запись: { $account }
person-orders = Заказы: { $count }, из них открыты: { $open }
person-is-admin = Администратор
person-expected = Укажите, о ком: Telegram ID, имя пользователя или номер заказа, например: /person @ivanov
person-gone = Бот ничего не хранит об этом человеке: он не писал боту, или его данные уже стерты.
person-erased = данные стерты
person-data-follows = Данные отправляются двумя файлами: .txt для чтения и .json.
person-data-follows-in-private = Данные придут двумя файлами в ваш личный чат с ботом. Если вы его еще не открывали, отправьте там /start.
person-data-over-limit = Данных больше { $limit }{ "\u00A0" }МБ, бот не может их отправить. Выгрузите их на сервере: keydesk person export { $id }
confirm-erase-person = { $name }, стереть данные этого человека?
person-erase-gone = Будут стерты имя, имя пользователя, идентификатор, черновик, примечания, переписка с файлами и сообщения бота. Вернуть их нельзя.
person-erase-stays =
    { $count ->
        [0] Заказов нет, поэтому удалится и учетная запись.
        [one] В учете останется { $count } заказ с суммой, счетами и серийными номерами, а также реквизиты для счета — без этого человека.
        [few] В учете останутся { $count } заказа с суммами, счетами и серийными номерами, а также реквизиты для счета — без этого человека.
       *[many] В учете останется { $count } заказов с суммами, счетами и серийными номерами, а также реквизиты для счета — без этого человека.
    }
person-erase-beyond = То, что человек делал как сотрудник, останется в журнале. Сообщения, которые уже стоят в чатах Telegram, и резервные копии не изменятся.
person-erased-done =
    { $count ->
        [0] Данные стерты, заказов у этого человека не было.
        [one] Данные стерты. Без этого человека остался { $count } заказ.
        [few] Данные стерты. Без этого человека остались { $count } заказа.
       *[many] Данные стерты. Без этого человека осталось { $count } заказов.
    }
person-erase-admins-stay = Данные администратора стереть нельзя, сначала снимите его: /staff
person-erase-open-orders = Данные не стираются, пока есть открытые заказы; сначала выполните или отмените их: { $orders }
person-erase-shared-account =
    { $count ->
        [one] В учетной записи есть еще { $count } участник; данные можно стереть, когда он выйдет из нее: /settings
        [few] В учетной записи есть еще { $count } участника; данные можно стереть, когда они выйдут из нее: /settings
       *[many] В учетной записи есть еще { $count } участников; данные можно стереть, когда они выйдут из нее: /settings
    }

audit-title = Журнал администраторов
audit-empty = Записей пока нет.
audit-entry = { $date } · { $name }
audit-by-server = на сервере
audit-appointed = Назначен администратор: { $person }
audit-dismissed = Снят администратор: { $person }
audit-blocked = Заблокирован пользователь: { $person }
audit-unblocked = Разблокирован пользователь: { $person }
audit-person-exported = Выгружены данные пользователя: { $person }
audit-exported = Выгружены заказы: { $period }
audit-imported = { $product }: добавлено на склад { $added }, известно прежде { $known }
audit-erased = Удалены данные человека; его заказы остались без него в учетной записи { $account }
audit-price-list = Применен прайс-лист
audit-price = { $product }, { $subject }: новая цена { $to }
audit-quantity = { $product }, { $subject }: новое количество { $to }

told-appointed = Назначен администратор: { $person }. Кто назначил: { $name }.
told-exported = Выгружены заказы: { $period }. Кто выгрузил: { $name }.
told-staff-chat-channel = Вместо чата сотрудников в настройках бота указан канал, и бот в нем ничего не делает. Укажите закрытую группу.
told-staff-chat-public = Чат сотрудников стал публичным: его могут читать посторонние, поэтому бот в нем ничего не делает и не пишет. Сделайте группу закрытой, и бот продолжит работу.
told-staff-chat-private = Чат сотрудников снова закрыт для посторонних, бот снова в нем работает.

export-follows = Готовим файлы с заказами: { $period }
export-in-parts = Файл .{ $format } получился бы больше { $limit }{ "\u00A0" }МБ, а больше бот отправить не может. Он придет по частям: { $count }.
export-over-limit = Файл получился больше { $limit }{ "\u00A0" }МБ, бот не может его отправить; выберите более короткий период.
export-not-sent = Файл не удалось подготовить или отправить; запросите его позже еще раз, а выгрузку — за более короткий период.
export-failed = Файл не удалось подготовить, подробности в журнале бота.

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
command-person = Данные пользователя
command-audit = Журнал администраторов
help-admin = Администратору
