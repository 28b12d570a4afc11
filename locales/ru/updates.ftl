# Сообщения и нажатия, которые бот не смог обработать.

updates-failed =
    { $count ->
        [1] { $count } сообщение или нажатие бот не смог обработать. Оно сохранено.
        [one] { $count } сообщение или нажатие бот не смог обработать. Они сохранены.
        [few] { $count } сообщения или нажатия бот не смог обработать. Они сохранены.
       *[many] { $count } сообщений или нажатий бот не смог обработать. Они сохранены.
    }
updates-failed-remedy = На сервере бота команда «keydesk dead-letters list» покажет, что это, а «keydesk dead-letters retry --all» попробует снова.
updates-wait = Бот не может обработать сообщения и нажатия этих людей, остальным он отвечает. Ничего не потеряно: он пробует снова и сообщит, когда получится.
updates-wait-person = { $name }, с { $since }
updates-wait-nobody = События в группах, с { $since }
updates-wait-remedy = На сервере бота команда «keydesk dead-letters list» покажет, что ждет и с каким номером, а «keydesk dead-letters show НОМЕР» — почему.
updates-pass = Бот снова обрабатывает сообщения и нажатия этих людей:
updates-pass-person = { $name }
updates-pass-nobody = События в группах
