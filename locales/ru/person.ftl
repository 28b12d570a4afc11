# Данные о человеке, которые выгружают для него.

person-data-about = Данные о человеке в удобном для чтения виде. Файл JSON содержит все, что хранится, дословно.
person-data-table =
    { $table ->
        [people] Человек
        [accounts] Учетная запись
        [billing] Реквизиты для документов
        [invitations] Приглашения
        [orders] Заказы
        [order_lines] Строки заказов
        [order_events] История заказов
        [serial_numbers] Серийные номера
        [drafts] Черновики
        [dialogues] Диалоги с ботом
        [broken_dialogues] Диалоги, которые не удалось прочитать
        [outbox_messages] Сообщения бота
        [order_messages] Сообщения о заказах
        [passed_on] Переданные сообщения
        [file_jobs] Файлы в работе
        [waiting_updates] Сообщения, которые ждут обработки
        [dead_letters] Сообщения, которые не удалось обработать
        [announced_waits] Уведомления об ожидании
        [staff_standings] Участие в группе сотрудников
        [appointed_admins] Назначения администратором
        [proposed_price_lists] Предложенные прайс-листы
        [audit] Журнал действий
        [reactions_refused] Чаты без реакций
        [resting_chats] Чаты, где бот сделал паузу
       *[other] { $table }
    }: { $count }
person-data-column =
    { $column ->
        [id] Номер
        [account_id] Учетная запись
        [name] Имя
        [username] Имя пользователя
        [reachability] Доступность в Telegram
        [reachability_since] Доступность с
        [met_at] Первое обращение
        [access] Доступ
        [access_asked_at] Доступ запрошен
        [access_by] Кто решил о доступе
        [access_by_name] Имя того, кто решил о доступе
        [access_decided_at] Решение о доступе
        [joined_at] В учетной записи с
        [telegram_language] Язык в Telegram
        [chosen_language] Выбранный язык
        [founder] Владелец
        [created_at] Создано
        [company] Организация
        [inn] ИНН
        [kpp] КПП
        [foreign_tax_number] Налоговый номер
        [email] Почта
        [changed_by] Кто изменил
        [changed_at] Изменено
        [token] Код приглашения
        [expires_at] Действует до
        [invited] Кто приглашен
        [invited_name] Имя приглашенного
        [lines] Строки
        [text] Текст
        [file] Файл
        [number] Номер заказа
        [placed_by] Кто разместил
        [placed_at] Дата размещения
        [status] Статус
        [total] Сумма
        [note] Примечание
        [talked_at] Последнее обращение
        [keys] Количество номеров
        [invoiced] Сумма счета
        [order_number] Заказ
        [sku] Артикул
        [names] Софтверный ключ
        [quantity] Количество номеров
        [price] Сумма строки
        [happened_at] Время
        [actor_id] Telegram ID
        [actor_name] Имя
        [role] Роль
        [from_status] Прежний статус
        [to_status] Новый статус
        [kind] Событие
        [action] Подробности
        [serial] Серийный номер
        [imported_at] Загружен на склад
        [issued_at] Выдан
        [person_id] Telegram ID
        [chat_id] Чат
        [draft] Черновик
        [saved_at] Сохранено
        [state] Состояние
        [reason] Причина
        [set_aside_at] Отложено
        [body] Содержание
        [posted_at] Поставлено в очередь
        [error] Ошибка
        [settled_at] Завершено
        [parked_at] Ждет с
        [sent_at] Отправлено
        [source_chat] Чат исходного сообщения
        [invoice] Который из счетов по заказу
        [passed_at] Передано
        [file_id] Файл в Telegram
        [purpose] Назначение
        [raw] Сообщение из Telegram
        [since] С какого времени
        [failing_since] Не обрабатывается с
        [dead_at] Обработка прекращена
        [announced_at] Сообщено
        [standing] Участие
        [seen_at] Проверено
        [appointed_by] Кто назначил
        [appointed_at] Назначен
        [dismissed_by] Кто снял
        [dismissed_at] Снят
        [source] Прайс-лист
        [proposed_by] Кто предложил
        [proposed_at] Предложено
        [subject_id] О ком
        [refused_at] Отказ
        [rests_until] До какого времени
       *[other] { $column }
    }
person-data-word =
    { $word ->
        [customer] клиент
        [staff] сотрудник
        [admin] администратор
        [system] бот
        [placed] размещен
        [taken] взят в работу
        [invoiced] выставлен счет
        [completed] выполнен
        [cancelled] отменен
        [asked] вопрос
        [answered] ответ
        [file_lost] файл потерян
        [settled] ответ не нужен
        [admitted] открыт
        [waiting] запрошен
        [refused] отклонен
        [blocked] заблокирован
        [reachable] получает сообщения
        [member] участник
        [anonymous] анонимный администратор
        [outside] не участник
       *[other] { $word }
    }
