# Экраны заказчика.

button-new-order = Новый заказ
button-resume = Продолжить заказ
button-start-afresh = Начать заново
button-orders = Заказы
button-prices = Условия и цены
button-terms = Условия
button-docs = Документация
button-check-out = Оформить заказ
button-back = ‹ Назад
button-send = Отправить заказ
button-accept-changes = Принять изменения
button-cancel = Отмена
button-remove = Убрать
button-add-note = Добавить примечание
button-change-note = Изменить примечание
button-remove-note = Убрать примечание
button-repeat = Повторить заказ
button-home = Меню
button-send-words = Отправить продавцу
button-send-words-about = По заказу №{ $number }
button-ask = Вопрос по заказу
button-ask-to-cancel = Попросить отменить
button-cancel-without-words = Отправить без пояснений
button-invoice-file = Счет файлом
button-serials-file = Серийные номера файлом
button-newer = ‹ Новее
button-older = Старее ›
button-previous-page = ‹ Предыдущая
button-next-page = Следующая ›
button-all-orders = Все
button-group = { $name } ({ $count })
button-chosen = { $label } · { $quantity }
button-current = • { $label }
button-quantity = { $quantity } — { $price }
button-order = №{ $number }
button-language-auto = Как в Telegram

home-greeting = Здравствуйте, { $name }.
home-greeting-nameless = Здравствуйте.
home-purpose = Здесь можно заказать серийные номера софтверных ключей. Продавец: { $shop }.
home-promise = Соберите заказ и отправьте его, а мы сообщим о счете и пришлем серийные номера.
home-draft =
    { $count ->
        [one] В неотправленном заказе { $count } номер на { $price }.
        [few] В неотправленном заказе { $count } номера на { $price }.
       *[many] В неотправленном заказе { $count } номеров на { $price }.
    }

resume-title = Неотправленный заказ
resume-question = Продолжить его или начать заново?

form-title = Новый заказ
form-ask = Выберите продукт и количество.
form-empty = Пока ничего не выбрано.

quantity-ask = Выберите количество кнопкой или напишите число: { $allowed }.
quantity-ask-typed = Напишите число: { $allowed }.
quantity-range = от { $min } до { $max }
quantity-range-step = от { $min } до { $max } с шагом { $step }
quantity-now = Сейчас в заказе: { $quantity }{ "\u00A0" }шт. — { $price }
tier-one-price = { $price } за шт.
tier-from = от { $from }{ "\u00A0" }шт. — { $price } за шт.
package-price = { $quantity }{ "\u00A0" }шт. — { $price }

summary-title = Подтверждение заказа
summary-ask = Проверьте заказ и отправьте его.
summary-accept = Если изменения вам подходят, нажмите «Принять изменения».

note-title = Примечание к заказу
note-ask = Напишите примечание или номер вашей заявки, до { $limit } знаков.
note-now = Сейчас: { $note }

orders-title = Заказы
orders-filtered =
    { $status ->
        [placed] Размещенные заказы
        [invoiced] Заказы с выставленным счетом
        [completed] Выполненные заказы
       *[cancelled] Отмененные заказы
    }
orders-columns-above = Номер заказа · Дата размещения
orders-columns-below = Статус · Количество номеров · Сумма
orders-page = Страница { $page } из { $pages }
orders-entry = Заказ №{ $number } · { $date }
orders-line = { $status } · { $quantity }{ "\u00A0" }шт. · { $price }
orders-empty = Заказов пока нет. Нажмите «Новый заказ», чтобы оформить первый.
orders-empty-filtered = Заказов с таким статусом нет.

card-unknown = Такого заказа среди ваших нет. Все ваши заказы: /orders

ask-title = Вопрос по заказу №{ $number }
ask-how = Напишите вопрос или пришлите фотографию либо файл, например платежное поручение. Ответ придет сюда.
ask-cancel-title = Просьба отменить заказ №{ $number }
ask-cancel-how = Отменяет заказ продавец. Напишите, почему заказ больше не нужен, или отправьте просьбу без пояснений.

serials-title = Серийные номера
serials-entry = Заказ №{ $number }: { $product } — { $quantity }{ "\u00A0" }шт.
serials-empty = Серийных номеров пока нет: они придут, когда заказ будет выполнен.
serials-more = Более ранние — на кнопках ниже.

products-title = Продукты
products-page = Страница { $page } из { $pages }
products-more = Подробнее
products-other = Другие продукты
button-products = Продукты
button-order-product = Заказать: { $name }

prices-title = Условия и цены
prices-page = Страница { $page } из { $pages }
prices-offer = Цены не являются публичной офертой.

help-title = Что умеет бот
help-intro = Здесь можно заказать серийные номера софтверных ключей и следить за своими заказами. Продавец: { $shop }.
help-contact = Связаться с продавцом: { $contact }
help-line = /{ $command } — { $description }
help-order = /order 449 — Карточка заказа по номеру

settings-title = Настройки
settings-language = Язык: { $language }
settings-language-auto = Язык: { $language }, как в Telegram

privacy-title = Какие данные хранит бот
privacy-stored = Бот хранит ваш идентификатор, имя и имя пользователя в Telegram, выбранный язык, черновик заказа, ваши заказы, примечания и переписку по ним, выданные серийные номера, состав вашей учетной записи, приглашения в нее и реквизиты для счета.
privacy-shared = Имена участников, заказы, серийные номера и реквизиты видят все участники учетной записи.
privacy-use = Эти данные доступны сотрудникам { $shop } и нужны для исполнения заказов.
privacy-kept-orders = Заказы, переписка по ним и выданные серийные номера хранятся бессрочно, остальное — ограниченное время.
privacy-kept-messages = Отправленные сообщения бота: { $days }.
privacy-kept-updates = Номера обработанных сообщений и нажатий: { $days }.
privacy-kept-failed = Сообщения и нажатия, которые не удалось обработать: { $days }.
privacy-kept-broken = Состояние диалога, которое не удалось прочитать: { $days }.
privacy-kept-audit = Журнал администраторов, в том числе о блокировках: { $days }.
privacy-kept-audit-for-good = Журнал администраторов, в том числе о блокировках: бессрочно.
privacy-days =
    { $count ->
        [one] { $count } день
        [few] { $count } дня
       *[many] { $count } дней
    }
privacy-erase = Чтобы получить или удалить свои данные, обратитесь к продавцу.
privacy-erase-contact = Чтобы получить или удалить свои данные, обратитесь к продавцу: { $contact }
privacy-erased = Удаляются имя, имя пользователя, идентификатор, черновик, примечания, переписка с файлами и сообщения бота. Сами заказы с суммами, счетами и серийными номерами, а также реквизиты для счета остаются в учете без вас. Пока заказ открыт, его нужно сначала выполнить или отменить.

command-start = Начать
command-new = Новый заказ
command-orders = Заказы
command-serials = Полученные серийные номера
command-products = Что можно заказать
command-prices = Условия и цены
command-settings = Язык, коллеги, реквизиты
command-help = Что умеет бот
command-privacy = Какие данные хранит бот
command-cancel = Выйти из оформления заказа

bot-description = { $shop }. Заказ серийных номеров софтверных ключей: выберите ключи, отправьте заказ и следите за ним здесь.
bot-short-description = { $shop }. Заказ серийных номеров софтверных ключей
