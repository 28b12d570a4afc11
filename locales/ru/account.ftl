# Учетная запись: коллеги, приглашения, реквизиты, доступ.

button-members = Коллеги
button-billing = Реквизиты
button-invite = Пригласить коллегу
button-withdraw = Отозвать приглашение { $number }
button-remove-member = Исключить: { $name }
button-remove-member-now = Исключить
button-leave-account = Выйти из учетной записи
button-join = Присоединиться
button-decline = Не присоединяться

settings-account-alone = Учетная запись: ваша, без коллег
settings-account-own =
    { $count ->
        [one] Учетная запись: ваша, { $count } участник
        [few] Учетная запись: ваша, { $count } участника
       *[many] Учетная запись: ваша, { $count } участников
    }
settings-account-shared =
    { $count ->
        [one] Учетная запись: владелец { $name }, { $count } участник
        [few] Учетная запись: владелец { $name }, { $count } участника
       *[many] Учетная запись: владелец { $name }, { $count } участников
    }
settings-billing = Реквизиты: { $company }
settings-billing-none = Реквизиты: не указаны

members-title = Коллеги
members-alone = Пригласите коллег: у вас будут общие заказы, и каждый сможет оформлять новые.
members-share = У всех, кто здесь перечислен, общие заказы.
members-owner = • { $name }, владелец
members-member = • { $name }
members-invitation = Приглашение { $number } для одного человека, действует до { $date }:
members-remove-question = Исключить участника { $name } из учетной записи? Он больше не увидит ее заказов.
members-leave-question = Выйти из учетной записи (владелец: { $name })? Ее заказы вы больше не увидите, а ваши прежние заказы вернутся.
members-joined = К вашей учетной записи присоединился новый участник: { $name }.
members-left = Из вашей учетной записи вышел участник: { $name }.
members-removed = Вы больше не состоите в учетной записи, которой владеет { $name }. Ваши собственные заказы снова доступны: /orders

invitation-title = Приглашение
invitation-from = Вас приглашают в учетную запись. Владелец: { $name }.
invitation-from-company = Вас приглашают в учетную запись. Владелец: { $name }, организация: { $company }.
invitation-share = Вы увидите ее заказы и сможете оформлять новые, а ее участники увидят ваши новые заказы.
invitation-own-orders = Ваши прежние заказы останутся в вашей собственной учетной записи и вернутся, когда вы выйдете из общей.

banner-joined = Вы присоединились к учетной записи, ее заказы теперь доступны и вам.
banner-invitation-not-valid = Это приглашение не действует; попросите коллегу прислать новое.
banner-has-members = К вашей учетной записи присоединились коллеги, поэтому перейти в другую нельзя; сначала исключите их в /settings
banner-is-member = Вы уже состоите в учетной записи коллеги; чтобы перейти в другую, сначала выйдите из нее в /settings
banner-is-there = Это приглашение в учетную запись, в которой вы уже состоите: отправьте ссылку коллеге, которого приглашаете.
banner-invited = Приглашение готово, перешлите ссылку коллеге; она сработает один раз.
banner-too-many-invitations =
    { $limit ->
        [one] Открыто уже { $limit } приглашение, больше нельзя; отзовите ненужное.
        [few] Открыто уже { $limit } приглашения, больше нельзя; отзовите ненужное.
       *[many] Открыто уже { $limit } приглашений, больше нельзя; отзовите ненужное.
    }
banner-account-full = В учетной записи может быть не больше { $limit } человек, считая открытые приглашения.
banner-withdrawn = Приглашение отозвано, ссылка больше не действует.
banner-removed = Участник исключен.
banner-left = Вы вышли из общей учетной записи, ваши собственные заказы снова доступны.

card-placed-by = Кто оформил: { $name }

button-fill-in-billing = Заполнить
button-change-company = Изменить название
button-change-inn = Изменить ИНН
button-change-kpp = Изменить КПП
button-change-foreign = Изменить номер
button-change-email = Изменить почту
button-keep-billing = Сохранить
button-back-to-order = ‹ К заказу
button-foreign-tax-number = Организация не из России
button-russian-tax-number = Организация из России

billing-title = Реквизиты
billing-none = Реквизиты для счета пока не указаны.
billing-company = Организация: { $value }
billing-inn = ИНН: { $value }
billing-kpp = КПП: { $value }
billing-foreign = Налоговый номер: { $value }
billing-email = Почта для документов: { $value }
billing-ask-company = Напишите название организации так, как оно должно стоять в счете, до { $limit } знаков.
billing-ask-inn = Напишите ИНН: 10 цифр у организации, 12 у предпринимателя.
billing-ask-foreign = Напишите налоговый номер организации в ее стране, до 32 знаков.
billing-ask-kpp = Напишите КПП, 9 знаков.
billing-ask-email = Напишите адрес электронной почты для счетов и других документов.
billing-now = Сейчас: { $value }
billing-confirm = Проверьте реквизиты и нажмите «Сохранить».

banner-billing-needed = Перед первым заказом укажите, пожалуйста, реквизиты для счета; сам заказ при этом не изменится.
banner-billing-kept = Реквизиты сохранены.
banner-kpp-dropped = Реквизиты сохранены без КПП: у предпринимателя его нет.
banner-foreign-number-kept = Реквизиты сохранены, российского ИНН в них больше нет.
banner-inn-kept = Реквизиты сохранены, вместо прежнего налогового номера указан ИНН.
banner-kpp-needed = У организации, кроме ИНН, есть КПП; без него новый ИНН не сохранится.
banner-kpp-not-taken = КПП не сохранен: он бывает только у организации с ИНН из 10 цифр.
banner-billing-company = Название нужно написать текстом, до { $limit } знаков.
banner-billing-inn-length = ИНН состоит из 10 или 12 цифр; проверьте его.
banner-billing-inn-check-digits = В ИНН ошибка: контрольные цифры не сходятся; проверьте его.
banner-billing-kpp = КПП состоит из 9 знаков, например 770701001; проверьте его.
banner-billing-foreign = Налоговый номер состоит из букв и цифр, от 4 до 32 знаков; проверьте его.
banner-billing-email = Нужен один адрес почты вида buh@example.com; проверьте его.

access-waiting = Мы передали вашу просьбу о доступе продавцу { $shop }.
access-waiting-next = Как только продавец ответит, бот напишет вам; больше ничего делать не нужно.
access-refused = К сожалению, продавец { $shop } не открыл вам доступ к заказам.
access-blocked = Сейчас бот не может вам помочь.
access-contact = Связаться с продавцом: { $contact }
access-admitted = Продавец { $shop } открыл вам доступ: теперь можно оформлять заказы.

button-admit = Открыть доступ
button-refuse = Отказать
access-request = Новый клиент запрашивает доступ
access-word-admitted = Доступ открыт
access-word-waiting = Ждет решения
access-word-refused = Отказано в доступе
access-word-blocked = Заблокирован
access-decided = { $decision }: { $name }, { $date }
access-refused-remedy = Изменить его может администратор командой /unblock.
access-decided-first = Решение уже принято: «{ $decision }», { $name }, { $date }.
access-decided-before = Решение уже принято: «{ $decision }».
access-unknown = Такого человека бот не знает.
