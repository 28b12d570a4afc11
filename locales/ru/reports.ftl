# Сводки и выгрузка заказов.

button-period-all = За все время
period-all = за все время
period-year = { $year } год
period-month = { month } { $year }
period-days = { $first } – { $last }
period-help = Такой период не распознан; подойдут today, week, month, year, all, год (2026), месяц (04.2026), день (15.04.2026), первый и последний день (01.04.2026 15.04.2026), а без периода берется текущий месяц.
period-reversed = Первый день позже последнего, поменяйте их местами: { $period }

month =
    { $month ->
        [1] январь
        [2] февраль
        [3] март
        [4] апрель
        [5] май
        [6] июнь
        [7] июль
        [8] август
        [9] сентябрь
        [10] октябрь
        [11] ноябрь
       *[12] декабрь
    }
month-short =
    { $month ->
        [1] янв
        [2] фев
        [3] мар
        [4] апр
        [5] май
        [6] июн
        [7] июл
        [8] авг
        [9] сен
        [10] окт
        [11] ноя
       *[12] дек
    }

stats-title = Заказы: { $period }
stats-empty = За этот период заказов не было.
stats-orders =
    { $count ->
        [one] { $count } заказ
        [few] { $count } заказа
       *[many] { $count } заказов
    }
stats-figures = { stats-orders }, { $quantity }{ "\u00A0" }шт. — { $amount }
stats-status = { $status }: { stats-figures }
stats-ordered = Оформлено: { stats-figures }
stats-invoiced =
    { $count ->
        [one] Счета выставлены по { $count } заказу — { $amount }
        [few] Счета выставлены по { $count } заказам — { $amount }
       *[many] Счета выставлены по { $count } заказам — { $amount }
    }
stats-nothing-invoiced = Счета пока не выставлены.
stats-only-cancelled = Все заказы за этот период отменены.
stats-cancelled = Отмененные заказы (выше не учтены): { stats-figures }

chart-sum = Оформлено: { stats-orders } на { $amount }
chart-legend = { $status }: { $count }
chart-cancelled =
    { $count ->
        [one] Без { $count } отмененного заказа
        [few] Без { $count } отмененных заказов
       *[many] Без { $count } отмененных заказов
    }
chart-orders-a-day = Заказов в день
chart-orders-a-week = Заказов в неделю
chart-orders-a-month = Заказов в месяц
chart-orders-a-year = Заказов в год
chart-days = Дни
chart-weeks = Недели, по первому дню
chart-months = Месяцы
chart-years = Годы
chart-month-year = { month-short } ’{ $year }

export-sheet = Заказы
export-order = Заказ
export-placed-at = Дата размещения
export-status = Статус
export-customer = Клиент
export-username = Имя пользователя в Telegram
export-person = Telegram ID
export-account = Учетная запись
export-sku = Артикул
export-name =
    { $language ->
        [ru] Софтверный ключ
        [en] Софтверный ключ (англ.)
       *[other] Софтверный ключ ({ $name })
    }
export-quantity = Количество номеров
export-price = Сумма строки
export-total = Сумма заказа
export-currency = Валюта
export-note = Примечание
export-invoice = Сумма счета
export-due = Оплатить до
export-company = Организация
export-tax-number = ИНН
export-kpp = КПП
export-email = Почта для документов
export-invoiced-at = Дата выставления счета
export-completed-at = Дата выполнения
export-cancelled-at = Дата отмены
export-reason = Причина отмены
