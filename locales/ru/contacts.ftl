# Выбор человека из контактов Telegram.

button-pick = Выбрать человека
button-give-up-picking = Отмена
button-pick-admin = Выбрать из контактов
button-invite-picked = Пригласить из контактов

contacts-for-admin = Нажмите «{ button-pick }» под полем ввода и укажите, кого назначить администратором.
contacts-for-colleague = Нажмите «{ button-pick }» под полем ввода и укажите, кого пригласить.
contacts-wait-for-admin = Ждем, кого вы выберете из контактов. Можно и написать Telegram ID или имя пользователя, например @ivanov
contacts-wait = Ждем, кого вы выберете из контактов.
contacts-picked = Выбран контакт: { $name }
contacts-closed = Выбор из контактов завершен.
contacts-appoint-unknown = Назначить его можно уже сейчас, но написать первым бот не может: попросите этого человека открыть бота.
members-invitation-for = Приглашение { $number } только для контакта { $name }, действует до { $date }:
banner-invited-picked = Приглашение готово и сработает только у этого человека. Бот не может написать первым, поэтому перешлите ссылку сами.
