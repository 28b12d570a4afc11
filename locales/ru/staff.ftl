# Чат сотрудников.

alert-customer = Клиент: { $name }
alert-account = учетная запись { $account }
actor-system = автоматически
alert-new = Новый заказ №{ $number }
alert-placed = { $date } — размещен: { $name }
alert-taken = { $date } — в работе: { $name }
alert-invoiced = { $date } — выставлен счет на { $amount }: { $name }
alert-invoiced-due = { $date } — выставлен счет на { $amount }, оплатить до { $due }: { $name }
alert-completed = { $date } — выполнен: { $name }
alert-cancelled = { $date } — отменен: { $name }. { $reason }
alert-asked = { $date } — вопрос, { $name }: { $text }
alert-asked-to-cancel = { $date } — просьба отменить, { $name }: { $text }
alert-asked-to-cancel-silently = { $date } — просьба отменить: { $name }
alert-answered = { $date } — ответ, { $name }: { $text }
alert-file = файл
alert-blocked = Не доставлено: { $name } (бот заблокирован)
alert-refused = Не доставлено: { $name } (Telegram не принял сообщение)
alert-deactivated = Не доставлено: { $name } (учетная запись Telegram удалена)

button-take = Взять в работу
button-invoice = Выставить счет
button-invoice-anew = Выставить счет заново
button-complete = Выполнить
button-cancel-order = Отменить
button-from-stock = Со склада
button-confirm-cancel = Отменить заказ
button-dismiss = Не сейчас

staff-ask-invoice = { $name }, на какую сумму выставить счет по заказу №{ $number }?
staff-ask-invoice-how = Нажмите сумму заказа или ответьте на это сообщение суммой, файлом PDF или файлом PDF с суммой в подписи. После суммы можно указать срок оплаты: 25000 { $day }
staff-ask-serials = { $name }, откуда взять серийные номера для заказа №{ $number }?
staff-ask-serials-how = Нажмите «Со склада» или ответьте на это сообщение файлом .txt или .csv: по одному серийному номеру в строке, если ключей несколько — с артикулом во втором столбце.
staff-ask-reason = { $name }, почему отменяется заказ №{ $number }?
staff-ask-reason-how = Выберите причину или напишите ее ответом на это сообщение; ее увидит клиент.
staff-confirm-cancel = { $name }, отменить заказ №{ $number }?
staff-question-overtaken = { $name }, пока вы отвечали, заказ №{ $number } изменился:
staff-news = Пока вы отвечали:
staff-reason = Причина: { $reason }
staff-reading-serials = { $name }, читаем файл с серийными номерами для заказа №{ $number }.
staff-need-line = { $product } — { $quantity } шт., на складе { $available }
staff-done-invoiced = Заказ №{ $number }: счет выставлен.
staff-done-completed = Заказ №{ $number } выполнен, серийные номера отправляются клиенту.
staff-done-cancelled = Заказ №{ $number } отменен.
staff-answered = Ответ по заказу №{ $number } отправляется клиенту.
staff-question-closed = Вопрос закрыт.
staff-no-such-order = Заказа №{ $number } нет, проверьте номер.
staff-order-number-expected = После команды нужен номер заказа, например 449.
staff-amount-expected = Нужна сумма больше нуля цифрами, например 25000 или 25 000,00, либо файл PDF.
staff-due-in-the-past = Срок оплаты уже прошел, укажите сумму и будущую дату.
staff-pdf-expected = Счет принимается файлом PDF, пришлите его или укажите сумму цифрами.
staff-reason-expected = Нужна причина кнопкой или текстом, не длиннее { $limit } знаков.
staff-file-expected = Нужен файл .txt или .csv с серийными номерами.
staff-answer-expected = Ответить клиенту можно текстом, фотографией или файлом.
staff-answer-too-long = Ответ слишком длинный, помещается не больше { $limit } знаков.
staff-not-asked = Это сообщение не ждет ответа, и клиент ваш ответ не получит. Клиенту отвечайте ответом на его вопрос, остальное делается кнопками под заказом.
staff-not-yours = Этот вопрос задан не вам. Нажмите кнопку под заказом, и бот спросит вас.
staff-asked-anew = Ответ был на прежний вопрос и не принят, ответьте, пожалуйста, на этот:
staff-no-answer = Это пришло не ответом и не принято: отправьте, пожалуйста, ответом на это сообщение.
staff-one-file-expected = Нужен один файл, а не несколько сразу: пришлите его, пожалуйста, отдельно.
staff-edit-ignored = Исправление отправленного сообщения не учитывается. Чтобы изменить ответ, дайте его заново.
staff-currency-named = Счет выставляется в валюте { $currency }, укажите сумму только цифрами.
staff-short = Серийных номеров не хватает, заказ не выполнен:
staff-short-line = { $product }: нужно { $needed }, на складе { $available }
staff-file-in-work = Файл еще читается, результат придет сюда.
staff-file-after-another = Сначала дочитаем предыдущий файл, затем возьмемся за этот.
staff-file-refused = Заказ не выполнен. { $reason }
file-not-there = Telegram не отдает этот файл, пришлите его еще раз.
file-too-large = Файл больше { $limit } МБ, бот не может его получить; загрузите серийные номера на склад командой keydesk serials import.
file-not-utf8 = Строка { $line } не в кодировке UTF-8, сохраните файл в UTF-8.
file-line-too-long = Строка { $line } слишком длинная, пишите по одному серийному номеру в строке.
file-quotes = В строке { $line } кавычка без пары, уберите ее.
file-columns = В строке { $line } больше двух столбцов, оставьте серийный номер и, если нужно, артикул.
file-no-product = В строке { $line } нет артикула из прайс-листа, исправьте его.
file-serial-empty = В строке { $line } нет серийного номера рядом с артикулом, дополните или удалите ее.
file-serial-too-long = В строке { $line } слишком длинный серийный номер, помещается не больше { $limit } знаков.
file-serial-space = В строке { $line } пробел внутри серийного номера, уберите его.
file-serial-invisible = В строке { $line } невидимый знак, наберите ее заново.
file-repeated = Строка { $again } повторяет серийный номер строки { $first }, уберите одну из них.
file-empty = В файле нет серийных номеров.
file-counts = Количество не совпадает:
file-count-line = { $product }: нужно { $needed }, в файле { $available }
file-other-product = В файле есть серийные номера ключа { $product }, которого нет в заказе.
file-skus-expected = В заказе несколько ключей, укажите в файле артикул рядом с каждым серийным номером.
file-given =
    { $count ->
        [one] { $product }: { $count } серийный номер из файла уже выдан.
        [few] { $product }: { $count } серийных номера из файла уже выданы.
       *[many] { $product }: { $count } серийных номеров из файла уже выданы.
    }
file-foreign =
    { $count ->
        [one] { $product }: { $count } серийный номер из файла числится за другим ключом.
        [few] { $product }: { $count } серийных номера из файла числятся за другим ключом.
       *[many] { $product }: { $count } серийных номеров из файла числятся за другим ключом.
    }
staff-taken = Заказ №{ $number } теперь ваш.
staff-button-closed = Эта кнопка относится к закрытому или чужому вопросу.
staff-overtaken-taken = Заказ №{ $number } уже в работе: { $name }, { $date }
staff-overtaken = Заказ №{ $number } уже в статусе «{ $status }», это сделано раньше: { $name }, { $date }
staff-not-now = Заказ №{ $number } в статусе «{ $status }», сейчас это сделать нельзя.
staff-invoice-first = Сначала выставьте счет по заказу №{ $number }.
staff-anonymous-sender = Бот записывает, кто что сделал, поэтому не принимает действий от анонимных администраторов и каналов. Отправьте это, пожалуйста, от своего имени.
staff-not-verified = Telegram сейчас не подтверждает, что вы состоите в этом чате. Повторите, пожалуйста, через минуту; если не поможет, сделайте бота администратором чата.
staff-outside = Это доступно только участникам этого чата.
staff-blocked = Вам закрыт доступ к боту, обратитесь, пожалуйста, к администратору.
staff-chat-open = Этот чат могут читать посторонние, поэтому бот здесь ничего не делает.

question-title = Вопрос по заказу №{ $number }
question-cancel-title = Просьба отменить заказ №{ $number }
question-from = { $name } спрашивает. Ответьте на это сообщение, и ответ получит клиент.
question-cancel-from = { $name } просит отменить заказ. Ответьте на это сообщение, и ответ получит клиент.
stock-low = На складе заканчиваются серийные номера: { $product }, осталось { $left } шт.
